import { type FannedOutEvent, TENANT_EVENT_TYPES, whyNotFannedOut } from '@schoolbell/delivery';
import { uuidV7 } from '@schoolbell/ids';
import { ExplanationRepository, PostgresEventIntake } from '@schoolbell/persistence';
import fc from 'fast-check';
import { expect } from 'vitest';
import { DeliveryFixtures, deliveryTest } from './delivery-fixtures.js';

const UNBOUNDED = { ofOneEvent: null, ofAll: null };

/** Few of each, so that they coincide. */
const TYPES = [
  'session.completed',
  'session.launched',
  'delivery.dead',
  'usage.threshold',
  'own.type',
];
const packageId = fc.constantFrom('p1', 'p2', 'p d 1');
const dispatchId = fc.constantFrom('d1', 'd2', 'p1');

const webhook = fc.record({
  eventTypes: fc.uniqueArray(fc.constantFrom(...TYPES, '*'), { maxLength: 3 }),
  packageIds: fc.uniqueArray(packageId, { maxLength: 2 }),
  dispatchIds: fc.uniqueArray(dispatchId, { maxLength: 2 }),
  status: fc.constantFrom('active', 'paused'),
  deleted: fc.boolean(),
});
type NewWebhook = typeof webhook extends fc.Arbitrary<infer T> ? T : never;

const event = fc.record({
  type: fc.constantFrom(...TYPES),
  packageId: fc.option(packageId),
  dispatchId: fc.option(dispatchId),
});

const isEmitted = ({ type }: FannedOutEvent): boolean =>
  (TENANT_EVENT_TYPES as readonly string[]).includes(type);

/** A tenant with these webhooks. */
async function addTenant(fixtures: DeliveryFixtures, webhooks: readonly NewWebhook[]) {
  const tenantId = uuidV7();
  await fixtures.sql(`INSERT INTO tenants (id, name) VALUES ($1, 'Acme')`, [tenantId]);
  for (const { deleted, ...settings } of webhooks) {
    const like = await fixtures.addWebhook();
    const columns = {
      tenant_id: tenantId,
      event_types: settings.eventTypes,
      package_ids: settings.packageIds,
      dispatch_ids: settings.dispatchIds,
      status: settings.status,
      deleted_at: deleted ? new Date() : null,
    };
    await fixtures.sql(
      `INSERT INTO webhooks SELECT (jsonb_populate_record(w, $2::jsonb || jsonb_build_object('id', new_uuid_v7()))).*
       FROM webhooks w WHERE w.id = $1`,
      [like, JSON.stringify(columns)],
    );
    await fixtures.sql('DELETE FROM webhooks WHERE id = $1', [like]);
  }
  return tenantId;
}

/** Accepts posted events, and fans out Schoolbell's own. @returns their ids */
async function take(
  fixtures: DeliveryFixtures,
  tenantId: string,
  events: readonly FannedOutEvent[],
): Promise<string[]> {
  const ids = events.map(() => uuidV7());
  const incoming = events.flatMap((one, index) => {
    const { packageId: ofPackage, dispatchId: ofDispatch, type } = one;
    const subject = {
      ...(ofPackage !== null && { packageId: ofPackage }),
      ...(ofDispatch !== null && { dispatchId: ofDispatch }),
    };
    const given = { tenantId, type, occurredAt: new Date(), payload: '{}', subject };
    return isEmitted(one) ? [] : [{ id: ids[index]!, ...given }];
  });
  if (incoming.length > 0) await new PostgresEventIntake(fixtures.db).accept(incoming, UNBOUNDED);
  const emitted = events.flatMap((one, index) => (isEmitted(one) ? [[ids[index]!, one.type]] : []));
  for (const [id, type] of emitted) {
    await fixtures.sql(
      `WITH stored AS (INSERT INTO events (id, tenant_id, type, occurred_at, payload) VALUES ($1, $2, $3, now(), '{}'))
       INSERT INTO fan_outs (event_id, tenant_id, type) VALUES ($1, $2, $3)`,
      [id, tenantId, type],
    );
  }
  await fixtures.fanOut();
  return ids;
}

deliveryTest(
  'an event gets a delivery at the very webhooks that nothing speaks against, whatever these listen to',
  async ({ fixtures }) => {
    const explanations = new ExplanationRepository(fixtures.db);
    const webhooks = fc.array(webhook, { minLength: 1, maxLength: 8 });
    const events = fc.array(event, { minLength: 1, maxLength: 8 });
    let delivered = 0;
    await fc.assert(
      fc.asyncProperty(webhooks, events, async (registered, given) => {
        const tenantId = await addTenant(fixtures, registered);
        // Events of Schoolbell's own are about the tenant alone.
        const taken = given.map((one) =>
          isEmitted(one) ? { ...one, packageId: null, dispatchId: null } : one,
        );
        const ids = await take(fixtures, tenantId, taken);
        const all = await fixtures.sql('SELECT * FROM webhooks WHERE tenant_id = $1', [tenantId]);
        for (const [index, id] of ids.entries()) {
          const expected = all.filter((row) => {
            const listening = {
              eventTypes: row.event_types,
              packageIds: row.package_ids,
              dispatchIds: row.dispatch_ids,
              deletedAt: row.deleted_at,
            };
            return whyNotFannedOut(taken[index]!, listening).length === 0;
          });
          const made = await fixtures.sql('SELECT webhook_id FROM deliveries WHERE event_id = $1', [
            id,
          ]);
          delivered += made.length;
          expect(new Set(made.map((row) => row.webhook_id))).toEqual(
            new Set(expected.map((row) => row.id)),
          );
          const explained = (await explanations.read(tenantId, id, { limit: 100 }))!;
          expect(explained.webhooks.filter((one) => one.delivery !== null)).toHaveLength(
            made.length,
          );
          expect(explained.event).toMatchObject({ ...taken[index], isFanningOut: false });
        }
      }),
      { numRuns: 50 },
    );
    expect(delivered).toBeGreaterThan(20);
  },
);
