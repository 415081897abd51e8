import { eventTypeNamed } from '@schoolbell/catalogue';
import { expect, it } from 'vitest';
import { TENANT_EVENT_TYPES } from './operational-event-types.js';

it.each(TENANT_EVENT_TYPES)(
  '%s is in the catalogue, and no runtime service may post it',
  (name) => {
    expect(eventTypeNamed(name)).toMatchObject({ emittedBy: 'schoolbell' });
  },
);
