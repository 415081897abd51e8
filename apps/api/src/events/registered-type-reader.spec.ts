import { expect, it } from 'vitest';
import { AcceptedSchemas } from '../event-types/accepted-schemas.js';
import { RegisteredTypeReader } from './registered-type-reader.js';
import type { UncheckedEvent } from './read-event.js';

const open: UncheckedEvent = {
  ok: 'unchecked',
  given: { type: 'order.placed', data: {} },
  tenantId: 'ten_1',
  context: { path: '', now: 0, tenantOf: () => 'ten_1' },
};

it('an event that nobody checked in time is refused with 503, and may be posted again', async () => {
  const current = { id: 'one', version: 1, schema: '{}' };
  const schemas = new AcceptedSchemas({ read: async () => [current] });
  const reader = new RegisteredTypeReader(schemas);
  const waiting = reader.readOne(open);
  await schemas.of([{ tenantId: 'ten_1', type: 'order.placed' }]);
  reader.onApplicationShutdown();
  for (const read of [waiting, reader.readOne(open)]) {
    await expect(read).rejects.toMatchObject({
      status: 503,
      code: 'service_unavailable',
      headers: { 'Retry-After': '1' },
    });
  }
});
