import { uuidV7 } from '@schoolbell/ids';
import { expect } from 'vitest';
import { type DeliveryFixtures, deliveryTest as it } from './delivery-fixtures.js';
import { startPipeline } from './start-pipeline.js';

const WEBHOOKS = 394;
const WAITING_EACH = 40;
/** The pipeline's limit: this many deliveries in flight may arrive in any order. */
const MOST_IN_FLIGHT = 100;

/** An event for each delivery, first all of one webhook, then all of the next. */
async function addBacklog(fixtures: DeliveryFixtures, webhookIds: string[]): Promise<void> {
  const rows = webhookIds.flatMap((id) => Array.from({ length: WAITING_EACH }, () => id));
  const ids = [rows.map(() => uuidV7()), rows.map(() => uuidV7()), rows, fixtures.tenantId];
  await fixtures.sql(
    `WITH r AS MATERIALIZED (
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS r (id, event_id, webhook_id)),
     e AS (
       INSERT INTO events (id, tenant_id, type, occurred_at, payload)
       SELECT event_id, $4::uuid, 'session.completed', now(), '{}' FROM r),
     d AS (
       INSERT INTO deliveries (id, event_id, tenant_id, webhook_id, event_type, next_attempt_at)
       SELECT id, event_id, $4, webhook_id, 'session.completed', now() FROM r)
     INSERT INTO due_deliveries (delivery_id, event_id, tenant_id, webhook_id, trigger, due_at)
     SELECT id, event_id, $4, webhook_id, 'scheduled', now() - interval '1 minute' FROM r`,
    ids,
  );
}

it('webhooks of one tenant that all have a backlog are served in turn', async ({
  fixtures,
  receiver,
}) => {
  const webhookIds: string[] = [];
  for (let n = 0; n < WEBHOOKS; n++) webhookIds.push(await fixtures.addWebhook());
  await fixtures.sql(`UPDATE webhooks SET url = $1 || '/' || id`, [receiver.url]);
  await addBacklog(fixtures, webhookIds);
  const pipeline = startPipeline({ store: fixtures.store });
  void pipeline.onWake(webhookIds);
  const requests = await receiver.waitFor((WEBHOOKS * WAITING_EACH) / 2, 50_000);

  const arrivals = new Map<string, number[]>();
  for (const [n, { path }] of requests.entries()) {
    const webhookId = path.split('/').at(-1)!;
    arrivals.set(webhookId, [...(arrivals.get(webhookId) ?? []), n]);
  }
  const firsts = Array.from(arrivals.values(), ([first]) => first!);
  expect(firsts).toHaveLength(WEBHOOKS);
  expect(Math.max(...firsts)).toBeLessThan(WEBHOOKS + MOST_IN_FLIGHT);
  const served = Array.from(arrivals.values(), ({ length }) => length);
  expect(Math.max(...served) - Math.min(...served)).toBeLessThanOrEqual(2);
});
