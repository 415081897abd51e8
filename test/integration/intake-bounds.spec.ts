import { createHash, randomBytes } from 'node:crypto';
import { uuidV7 } from '@schoolbell/ids';
import { type IncomingEvent } from '@schoolbell/delivery';
import { openDatabase, PostgresEventIntake, type Database } from '@schoolbell/persistence';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, seedTenant, seedWebhooks, type TestDatabase } from '../support/index.js';

let database: TestDatabase;
let db: Database;
let intake: PostgresEventIntake;

beforeAll(async () => {
  database = await createDatabase();
  db = openDatabase({ url: database.url, encryptionKeys: [randomBytes(32)], intakePoolSize: 1 });
  intake = new PostgresEventIntake(db);
});
afterAll(async () => {
  await db?.close();
  await database?.drop();
});

/** Tenants by how many webhooks want everything that they post. */
let wide: string;
let narrow: string;
beforeEach(async () => {
  wide = (await seedTenant(database)).tenantUuid;
  narrow = (await seedTenant(database)).tenantUuid;
  await seedWebhooks(database, wide, 30);
  await seedWebhooks(database, narrow, 3);
});

function eventOf(tenantId: string, key?: string, body = 'same'): IncomingEvent {
  const bodyHash = createHash('sha256').update(body).digest();
  return {
    id: uuidV7(),
    tenantId,
    type: 'session.completed',
    occurredAt: new Date(),
    payload: '{"sessionId":"s"}',
    subject: { sessionId: 's' },
    ...(key !== undefined && { idempotency: { key, bodyHash } }),
  };
}

const eventsOf = (count: number, tenantId: string) =>
  Array.from({ length: count }, () => eventOf(tenantId));

/** How many rows of a tenant are in each table that accepting writes. */
async function ledgerOf(tenantId: string): Promise<Record<string, number>> {
  const [row] = await database.query<Record<string, number>>(
    `SELECT (SELECT count(*)::integer FROM events WHERE tenant_id = $1) AS events,
       (SELECT count(DISTINCT (event_id, webhook_id))::integer FROM deliveries WHERE tenant_id = $1) AS deliveries,
       (SELECT count(*)::integer FROM due_deliveries WHERE tenant_id = $1) AS due,
       (SELECT count(*)::integer FROM idempotency_keys WHERE tenant_id = $1) AS keys`,
    [tenantId],
  );
  return row!;
}

const NOTHING = { events: 0, deliveries: 0, due: 0, keys: 0 };

describe('a flush that may make so many deliveries and no more', () => {
  it('defers an event that goes to too many webhooks: nothing of it is stored, and its key is free', async () => {
    const event = eventOf(wide, 'k');
    const { acceptances, webhookIds } = await intake.accept(
      [event, eventOf(narrow), eventOf(wide, 'k')],
      { ofOneEvent: 10, ofAll: 100 },
    );
    const deferred = { kind: 'deferred', deliveries: 11 };
    expect(acceptances).toMatchObject([deferred, { kind: 'accepted', deliveries: 3 }, deferred]);
    expect(webhookIds).toHaveLength(3);
    expect(await ledgerOf(wide)).toEqual(NOTHING);

    const again = await intake.accept([event], { ofOneEvent: null, ofAll: 100 });
    expect(again.acceptances).toMatchObject([{ kind: 'accepted', duplicate: false }]);
    expect(await ledgerOf(wide)).toEqual({ events: 1, deliveries: 30, due: 30, keys: 1 });
  });

  it('stores the first events, as many as fit, and defers the others', async () => {
    const events = eventsOf(5, narrow);
    const { acceptances } = await intake.accept(events, { ofOneEvent: 10, ofAll: 7 });
    expect(acceptances.map(({ kind }) => kind)).toEqual([
      'accepted',
      'accepted',
      'deferred',
      'deferred',
      'deferred',
    ]);
    expect(await ledgerOf(narrow)).toMatchObject({ events: 2, deliveries: 6 });
  });

  it('stores one event at least, however many webhooks want it', async () => {
    const { acceptances } = await intake.accept([eventOf(wide), eventOf(narrow)], {
      ofOneEvent: null,
      ofAll: 7,
    });
    expect(acceptances.map(({ kind }) => kind)).toEqual(['accepted', 'deferred']);
  });

  it('looks at no more webhooks than that', async () => {
    const { tenantUuid } = await seedTenant(database);
    await seedWebhooks(database, tenantUuid, 3_000);
    await intake.accept([], { ofOneEvent: 10, ofAll: 100 });
    const event = eventOf(tenantUuid);
    const { rows } = await db.intakePool.query(
      `EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE accept_events
         (',', '${event.id}', '${tenantUuid}', '${event.type}', '0', '0', '', '', '', '', '{}', '', '',
          10, 100, false)`,
    );
    const found = nodesOf(rows[0]['QUERY PLAN'][0].Plan).filter(
      (node) => node['Relation Name'] === 'webhooks',
    );
    expect(found.map((node) => node['Actual Rows'])).toEqual([11]);
  });
});

function nodesOf(plan: any): any[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

describe('a batch that makes very many deliveries', () => {
  it('is stored in several statements of one transaction', async () => {
    const events = [...eventsOf(4, wide), eventOf(wide, 'k'), eventOf(wide, 'k')];
    expect(await intake.acceptAllOrNone(events, 100)).toBeUndefined();
    expect(await ledgerOf(wide)).toEqual(NOTHING);

    const report = await intake.acceptAllOrNoneInParts(events, { ofPart: 70, most: 1_000 });
    expect(report!.acceptances.map((one) => one.kind === 'accepted' && one.duplicate)).toEqual([
      ...Array(5).fill(false),
      true,
    ]);
    expect(report!.webhookIds).toHaveLength(30);
    expect(await ledgerOf(wide)).toEqual({ events: 5, deliveries: 150, due: 150, keys: 1 });
    const transactions = await database.query(
      `SELECT DISTINCT xmin::text FROM deliveries WHERE tenant_id = $1`,
      [wide],
    );
    expect(transactions).toHaveLength(1);
  });

  it('leaves nothing behind when its last event is refused', async () => {
    await intake.accept([eventOf(narrow, 'k')]);
    const before = await ledgerOf(narrow);
    const events = [...eventsOf(4, narrow), eventOf(narrow, 'k', 'other')];
    const report = await intake.acceptAllOrNoneInParts(events, { ofPart: 3, most: 1_000 });
    expect(report!.acceptances.at(-1)).toEqual({ kind: 'idempotency_conflict' });
    expect(report!.webhookIds).toEqual([]);
    expect(await ledgerOf(narrow)).toEqual(before);
  });

  it.each([
    ['all of it', 5],
    ['one of its events', 1],
  ])('leaves nothing behind when %s makes more than a batch may', async (_what, count) => {
    const size = { ofPart: 30, most: 29 * count };
    expect(await intake.acceptAllOrNoneInParts(eventsOf(count, wide), size)).toBeUndefined();
    expect(await ledgerOf(wide)).toEqual(NOTHING);
  });
});
