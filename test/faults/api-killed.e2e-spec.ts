import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { describeOnEachQueue } from '../support/index.js';
import { LOAD, openBooks } from './support/open-books.js';

describeOnEachQueue('the API is killed while events are posted', (backend) => {
  it('has every event that it answered for, and takes repeats of the others under their keys', async () => {
    const { schoolbell, ledger } = await openBooks({ backend });
    // As fast as they come, so that some requests are unanswered at any moment.
    const posting = ledger.poster.post({ ...LOAD, perSecond: LOAD.perSecond * 4 });
    await sleep(200);
    await schoolbell.api.kill();
    schoolbell.api.restart();
    await posting;
    expect(ledger.poster.unanswered).toBeGreaterThan(0);

    const { deliveries, repeats } = await ledger.close();
    expect(deliveries).toEqual({ delivered: LOAD.events * 3 });
    expect(repeats).toBe(0);
  });
});
