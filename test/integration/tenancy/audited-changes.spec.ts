import { toTypeId } from '@schoolbell/ids';
import {
  DeliveryRepository,
  OperationRepository,
  TestDeliveryRepository,
} from '@schoolbell/persistence';
import { expect } from 'vitest';
import {
  attemptOf,
  AUTHOR,
  deliveryTest,
  EXHAUSTED,
  type DeliveryFixtures,
} from '../delivery-fixtures.js';

/** A webhook with a dead letter. */
async function dead(fixtures: DeliveryFixtures) {
  const webhookId = await fixtures.addWebhook({ autoPauseAfter: 0 });
  const [id] = (await fixtures.addDeliveries(webhookId)) as [string];
  await fixtures.record((await fixtures.claim(webhookId)).map((it) => attemptOf(it, EXHAUSTED)));
  return { webhookId, id };
}

const entriesOf = (fixtures: DeliveryFixtures, resourceId: string) =>
  fixtures.sql(
    `SELECT tenant_id, actor_kind, actor_id, actor_name, address, request_id, action, before, after
     FROM audit_log WHERE resource_id = $1 ORDER BY id`,
    [resourceId],
  );

deliveryTest('a retry by hand is in the audit log, with who made it', async ({ fixtures }) => {
  const { id } = await dead(fixtures);
  await new DeliveryRepository(fixtures.db).retry(fixtures.tenantId, id, AUTHOR);
  expect(await entriesOf(fixtures, toTypeId('delivery', id))).toEqual([
    {
      tenant_id: fixtures.tenantId,
      actor_kind: AUTHOR.actor.kind,
      actor_id: AUTHOR.actor.id,
      actor_name: AUTHOR.actor.name,
      address: AUTHOR.address,
      request_id: AUTHOR.requestId,
      action: 'delivery.retried',
      before: { status: 'dead' },
      after: { status: 'pending' },
    },
  ]);
});

deliveryTest('a retry that is refused is not in the audit log', async ({ fixtures }) => {
  const { id, webhookId } = await dead(fixtures);
  await fixtures.sql(`UPDATE webhooks SET status = 'paused' WHERE id = $1`, [webhookId]);
  const outcome = await new DeliveryRepository(fixtures.db).retry(fixtures.tenantId, id, AUTHOR);
  expect(outcome.kind).toBe('webhook_paused');
  expect(await entriesOf(fixtures, toTypeId('delivery', id))).toEqual([]);
});

deliveryTest('nothing is retried that the audit log cannot take', async ({ fixtures }) => {
  const { id } = await dead(fixtures);
  const nobody = { ...AUTHOR, actor: { ...AUTHOR.actor, kind: 'nobody' as 'user' } };
  const retrying = new DeliveryRepository(fixtures.db).retry(fixtures.tenantId, id, nobody);
  await expect(retrying).rejects.toThrow();
  expect(await fixtures.delivery(id)).toMatchObject({ status: 'dead' });
  expect(await fixtures.due(id)).toBeUndefined();
});

deliveryTest('operations are in the audit log, with what was asked for', async ({ fixtures }) => {
  const { id, webhookId } = await dead(fixtures);
  const operations = new OperationRepository(fixtures.db);
  const { tenantId } = fixtures;
  const asked = { webhookId, deliveryIds: [id], errorCode: 'timeout' };
  const retry = await operations.startForDeadLetters(tenantId, 'retry', asked, AUTHOR);
  await operations.cancel(tenantId, retry.id, AUTHOR);
  await operations.cancel(tenantId, retry.id, AUTHOR);
  const [started, cancelled, ...others] = await entriesOf(
    fixtures,
    toTypeId('operation', retry.id),
  );
  expect(started).toMatchObject({
    action: 'dead_letters.retried',
    after: {
      total: 1,
      ids: [toTypeId('delivery', id)],
      webhookId: toTypeId('webhook', webhookId),
      errorCode: 'timeout',
    },
  });
  expect(cancelled).toMatchObject({
    action: 'operation.cancelled',
    before: { status: 'running' },
    after: { status: 'cancelled' },
  });
  expect(others).toEqual([]);
  const discard = await operations.startForDeadLetters(tenantId, 'discard', {}, AUTHOR);
  const [discarded] = await entriesOf(fixtures, toTypeId('operation', discard.id));
  expect(discarded).toMatchObject({ action: 'dead_letters.discarded' });
});

deliveryTest('replays and tests are in the audit log, at their webhook', async ({ fixtures }) => {
  const { webhookId } = await dead(fixtures);
  const { tenantId } = fixtures;
  const [from, to] = [new Date(Date.now() - 60_000), new Date()];
  const scopes = { packageIds: [], dispatchIds: [] };
  const selection = { webhookId, from, to, ...scopes, onlyMissing: true };
  const replay = await new OperationRepository(fixtures.db).startReplay(
    tenantId,
    selection,
    AUTHOR,
  );
  const draft = { tenantId, webhookId, eventType: 'session.completed', payload: '{}' };
  const deliveryId = await new TestDeliveryRepository(fixtures.db).create(draft, AUTHOR);
  expect(await entriesOf(fixtures, toTypeId('webhook', webhookId))).toMatchObject([
    {
      action: 'webhook.replayed',
      after: {
        operationId: toTypeId('operation', replay.id),
        from: from.toISOString(),
        to: to.toISOString(),
        onlyMissing: true,
      },
    },
    {
      action: 'webhook.tested',
      after: { deliveryId: toTypeId('delivery', deliveryId), eventType: 'session.completed' },
    },
  ]);
});
