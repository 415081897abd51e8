import { expect, it } from 'vitest';
import { fromTypeId } from '@schoolbell/ids';
import { describeOnEachQueue } from '../support/index.js';
import { LOAD, openBooks } from './support/open-books.js';

/** More in a row than pause a webhook. They do not count as failures of its receiver. */
const POISONED = 8;

describeOnEachQueue('rows that nothing can be sent from', (backend) => {
  it('end in the dead letters with their error, and the others go on', async () => {
    const { schoolbell, receiver, ledger } = await openBooks({ backend, dispatchers: 0 });
    const poisoned = await ledger.addWebhook('/poisoned', { autoPauseAfter: 0 });
    await schoolbell.database.query(
      `UPDATE webhooks SET secret = 'v1:nobody:bm90IGEgc2VjcmV0' WHERE id = $1`,
      [fromTypeId('webhook', poisoned)],
    );
    await ledger.poster.post({ events: 20, perSecond: 1000 });
    await schoolbell.database.query(
      `UPDATE events SET payload = '{"sessionId": "cut o' WHERE id IN (
         SELECT id FROM events WHERE type = 'session.completed' LIMIT $1)`,
      [POISONED],
    );
    schoolbell.addDispatcher();
    await ledger.poster.post(LOAD);

    const { byWebhook } = await ledger.close();
    const all = LOAD.events + 20;
    expect(byWebhook['/poisoned']).toEqual({
      deliveries: { 'dead: unsendable': all },
      attempts: all,
    });
    for (const path of ['/0', '/1', '/2']) {
      expect(byWebhook[path]).toEqual({
        deliveries: { delivered: all - POISONED, 'dead: damaged_event': POISONED },
        attempts: all,
      });
    }
    expect(receiver.requests).toHaveLength(3 * (all - POISONED));
  });
});
