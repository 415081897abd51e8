import type { SearchHitDocument as Hit } from '@schoolbell/api-client';
import { expect, it } from 'vitest';
import { targetOf } from './target-of.ts';

const TARGETS: [Hit, object | undefined][] = [
  [
    { kind: 'event', id: 'evt_1' },
    { to: '/events/$eventId', params: { eventId: 'evt_1' } },
  ],
  [
    { kind: 'delivery', id: 'dlv_1' },
    { to: '/deliveries', search: { open: 'dlv_1' } },
  ],
  [
    { kind: 'attempt', id: 'att_1', deliveryId: 'dlv_1' },
    { to: '/deliveries', search: { open: 'dlv_1' } },
  ],
  [
    { kind: 'attempt', id: 'att_1', batchId: 'bat_1', webhookId: 'wh_1' },
    { to: '/deliveries', search: { webhookId: 'wh_1' } },
  ],
  [
    { kind: 'learner', id: 'a&b' },
    { to: '/story', search: { learnerId: 'a&b' } },
  ],
  [
    { kind: 'session', id: 's' },
    { to: '/story', search: { sessionId: 's' } },
  ],
  [
    { kind: 'dispatch', id: 'd' },
    { to: '/story', search: { dispatchId: 'd' } },
  ],
  [
    { kind: 'package', id: 'p' },
    { to: '/story', search: { packageId: 'p' } },
  ],
  [
    { kind: 'event_rejection', id: 'rej_1' },
    { to: '/events/refused', search: { open: 'rej_1' } },
  ],
  [
    { kind: 'operation', id: 'op_1', operation: 'retry' },
    { to: '/dead-letters', search: { operation: 'op_1' } },
  ],
  [{ kind: 'operation', id: 'op_1', operation: 'replay' }, undefined],
];

it.each(TARGETS)('a hit has the page that answers it: %o', (hit, target) => {
  expect(targetOf(hit)).toEqual(target);
});
