import { expect, it } from 'vitest';
import { describeOnEachQueue } from '../support/index.js';
import { LOAD, openBooks } from './support/open-books.js';

describeOnEachQueue('a dispatcher that is killed with attempts in flight', (backend) => {
  it('loses nothing: another takes over, and what is sent twice shows as interrupted', async () => {
    const { schoolbell, receiver, ledger } = await openBooks({
      backend,
      dispatchers: 2,
    });
    receiver.answerAll({ status: 200, delayMs: 100 });
    const posting = ledger.poster.post(LOAD);
    await receiver.waitFor(LOAD.events);
    await schoolbell.dispatchers[0]!.kill();
    await posting;

    const { deliveries, repeats, interrupted } = await ledger.close();
    expect(deliveries).toEqual({ delivered: LOAD.events * 3 });
    expect(repeats).toBeGreaterThan(0);
    expect(interrupted).toBeGreaterThanOrEqual(repeats);
  });
});
