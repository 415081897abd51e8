import { uuidV7 } from '@schoolbell/ids';
import { DeliveryRepository, History } from '@schoolbell/persistence';
import { describe, expect } from 'vitest';
import { deliveryTest, type DeliveryFixtures } from './delivery-fixtures.js';
import { addOld, daysAgo, dropPartitions, NOW, partitionsOfTheLastMonths } from './old-history.js';

/** Adds a batch of these deliveries with one attempt, `age` days old. @returns its id */
async function addBatch(
  fixtures: DeliveryFixtures,
  webhookId: string,
  deliveryIds: readonly string[],
  age: number,
): Promise<string> {
  const [id, at] = [uuidV7(daysAgo(age).getTime()), daysAgo(age)];
  await fixtures.sql(
    `INSERT INTO batches (id, tenant_id, webhook_id, webhook_version, size, status, due_at)
     VALUES ($1, $2, $3, 1, $4, 'dead', $5)`,
    [id, fixtures.tenantId, webhookId, deliveryIds.length, at],
  );
  await fixtures.sql(
    `INSERT INTO batch_members (batch_id, delivery_id, position)
     SELECT $1, m.id, m.n FROM unnest($2::uuid[]) WITH ORDINALITY AS m (id, n)`,
    [id, deliveryIds],
  );
  await fixtures.sql(
    `INSERT INTO attempts (id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
       request_headers, total_ms)
     VALUES ($1, $2, $3, 1, 'scheduled', 'failed', $4, 'https://x.example', 'allureconnect', '{}', 5)`,
    [uuidV7(at.getTime()), id, webhookId, at],
  );
  return id;
}

describe.each([
  ['in partitions of their time', partitionsOfTheLastMonths],
  ['that never had a partition', dropPartitions],
])('of rows %s', (_what, prepare) => {
  deliveryTest(
    'the attempts of a batch stay as long as one of its deliveries, and then go with it',
    async ({ fixtures }) => {
      await prepare(fixtures);
      const webhookId = await fixtures.addWebhook();
      const deadLetter = await addOld(fixtures, webhookId, { age: 40, status: 'dead', died: 3 });
      const gone = [await addOld(fixtures, webhookId, { age: 40 })];
      const staying = await addBatch(fixtures, webhookId, [deadLetter, ...gone], 40);
      // The deliveries are in another period than the attempt.
      const waiting = await addOld(fixtures, webhookId, { age: 50, status: 'waiting' });
      const stayingToo = await addBatch(fixtures, webhookId, [waiting], 40);
      gone.push(await addOld(fixtures, webhookId, { age: 40 }));
      const going = await addBatch(fixtures, webhookId, [gone[1]!], 40);

      await new History(fixtures.db, 30).prune(NOW);
      const { batches } = await new History(fixtures.db, 30).prune(NOW);
      for (const id of gone) expect(await fixtures.delivery(id)).toBeUndefined();
      const left = await fixtures.sql(
        'SELECT DISTINCT batch_id FROM batch_members WHERE batch_id = ANY ($1)',
        [[staying, stayingToo, going]],
      );
      expect(left.map((row) => row.batch_id).toSorted()).toEqual([staying, stayingToo].toSorted());
      expect(await fixtures.sql('SELECT FROM batches WHERE id = $1', [going])).toEqual([]);
      expect(batches).toBe(0);
      expect(await fixtures.attempts(going)).toEqual([]);
      const repository = new DeliveryRepository(fixtures.db);
      for (const id of [deadLetter, waiting]) {
        const history = await repository.history(fixtures.tenantId, id);
        expect(history!.attempts.map(({ batch }) => batch !== null)).toEqual([true, false]);
      }
      const { attempts } = (await repository.history(fixtures.tenantId, deadLetter))!;
      expect(attempts[0]!.batch!.members).toMatchObject([
        { deliveryId: deadLetter, event: { type: 'session.completed' } },
        { deliveryId: gone[0], event: null },
      ]);
    },
  );
});
