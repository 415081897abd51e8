import { beforeAll, expect, it, onTestFinished } from 'vitest';
import {
  startOwnPostgres,
  startPostgresOn,
  startSchoolbell,
  type OwnPostgres,
} from '../support/index.js';
import { Bookmark } from './support/bookmark.js';
import { openBooks } from './support/open-books.js';

let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await startOwnPostgres();
  return () => postgres.remove();
});

it('a physical backup that was taken under load is restored elsewhere: nothing that was accepted before its end is missing, nothing that was recorded before is sent twice', async () => {
  const books = await openBooks({ database: postgres.database });
  const { ledger, receiver, schoolbell } = books;
  receiver.answerAll({ status: 200, delayMs: 50 });
  const endPosting = ledger.poster.postOn(100);
  await receiver.waitFor(60);
  let inBackup: Bookmark | undefined;
  const folder = await postgres.backUp(async () => (inBackup = await Bookmark.of(books)));
  // The rest is sent, and lost with the machine.
  await receiver.waitFor(receiver.requests.length + 60);
  await endPosting();
  await ledger.settled();
  await Promise.all([schoolbell.api, ...schoolbell.dispatchers].map((each) => each.kill()));
  await postgres.kill();

  const restored = await startPostgresOn(folder);
  onTestFinished(() => restored.remove());
  const again = await startSchoolbell({
    database: restored.database,
    env: { ENCRYPTION_KEY: schoolbell.encryptionKey.toString('base64'), SWEEP_INTERVAL_MS: '500' },
  });
  onTestFinished(() => again.stop());
  await expect
    .poll(() => restored.database.query('SELECT FROM due_deliveries'), { timeout: 30_000 })
    .toEqual([]);
  const { gone, twice } = await inBackup!.holdsOn(restored.database);
  // The test would see it.
  expect([gone > 0, twice > 0]).toEqual([true, true]);
});
