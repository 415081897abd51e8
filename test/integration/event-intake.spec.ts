import { createHash, randomBytes } from 'node:crypto';
import { firstUuidV7At, uuidV7 } from '@schoolbell/ids';
import { type Acceptance, type Deferred, type IncomingEvent } from '@schoolbell/delivery';
import { openDatabase, PostgresEventIntake, type Database } from '@schoolbell/persistence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../support/index.js';

let database: { url: string; drop(): Promise<void> };
let db: Database;
let intake: PostgresEventIntake;

beforeAll(async () => {
  database = await createDatabase();
  db = openDatabase({ url: database.url, encryptionKeys: [randomBytes(32)], intakePoolSize: 4 });
  intake = new PostgresEventIntake(db);
});

afterAll(async () => {
  await db?.close();
  await database?.drop();
});

async function newTenant(): Promise<string> {
  const id = uuidV7();
  await db.prisma.tenant.create({ data: { id, name: 'Acme' } });
  return id;
}

interface Listening {
  eventTypes?: string[];
  packageIds?: string[];
  dispatchIds?: string[];
  status?: 'active' | 'paused';
  deleted?: boolean;
}

async function newWebhook(tenantId: string, listening: Listening = {}): Promise<string> {
  const id = uuidV7();
  await db.prisma.webhook.create({
    data: {
      id,
      tenantId,
      url: 'https://receiver.example/hook',
      eventTypes: listening.eventTypes ?? ['*'],
      packageIds: listening.packageIds ?? [],
      dispatchIds: listening.dispatchIds ?? [],
      format: 'allureconnect',
      authentication: '',
      headers: '',
      secret: '',
      timeoutSeconds: 10,
      retrySchedule: [30],
      autoPauseAfter: 5,
      delivery: {},
      metadata: {},
      status: listening.status ?? 'active',
      deletedAt: listening.deleted ? new Date() : null,
    },
  });
  return id;
}

function newEvent(tenantId: string, changes: Partial<IncomingEvent> = {}): IncomingEvent {
  return {
    id: uuidV7(),
    tenantId,
    type: 'session.completed',
    occurredAt: new Date('2026-04-10T14:32:00.000Z'),
    payload: '{"sessionId":"sess_1"}',
    subject: { sessionId: 'sess_1', packageId: 'pkg_1', dispatchId: 'dsp_1', learnerId: 'lrn_1' },
    ...changes,
  };
}

function keyed(tenantId: string, key: string, body = 'same'): IncomingEvent {
  const bodyHash = createHash('sha256').update(body).digest();
  return newEvent(tenantId, { idempotency: { key, bodyHash } });
}

async function acceptOne(event: IncomingEvent): Promise<Acceptance | Deferred> {
  return (await intake.accept([event])).acceptances[0]!;
}

async function webhooksOf(eventId: string): Promise<string[]> {
  const rows = await db.prisma.delivery.findMany({ where: { eventId }, orderBy: { id: 'asc' } });
  return rows.map(({ webhookId }) => webhookId);
}

const eventsOf = (tenantId: string) => db.prisma.event.count({ where: { tenantId } });
const dueOf = (tenantId: string) => db.prisma.dueDelivery.count({ where: { tenantId } });

describe('what is stored', () => {
  it('keeps an event as it came, with a delivery that is due at once for each webhook', async () => {
    const tenantId = await newTenant();
    const webhookId = await newWebhook(tenantId);
    const event = newEvent(tenantId, { payload: '{"note":"ü \\u001e \\"quoted\\", {braced}"}' });

    const report = await intake.accept([event]);

    expect(report).toEqual({
      acceptances: [{ kind: 'accepted', eventId: event.id, duplicate: false, deliveries: 1 }],
      webhookIds: [webhookId],
    });
    const stored = await db.prisma.event.findUniqueOrThrow({ where: { id: event.id } });
    expect(stored).toMatchObject({
      type: 'session.completed',
      occurredAt: event.occurredAt,
      payload: event.payload,
      test: false,
      ...event.subject,
    });
    expect(stored.acceptedAt.getTime()).toBeCloseTo(Date.now(), -4);
    const delivery = await db.prisma.delivery.findFirstOrThrow({ where: { eventId: event.id } });
    expect(delivery).toMatchObject({ webhookId, status: 'waiting', attemptCount: 0, test: false });
    const due = await db.prisma.dueDelivery.findUniqueOrThrow({
      where: { deliveryId: delivery.id },
    });
    expect(due).toMatchObject({ tenantId, webhookId, trigger: 'scheduled', cycleFailures: 0 });
    expect(due.dueAt).toEqual(delivery.nextAttemptAt);
    expect(due.dueAt.getTime()).toBeLessThanOrEqual(Date.now() + 1000);
  });

  it('is an event with all its deliveries, in one transaction, or nothing', async () => {
    const tenantId = await newTenant();
    await newWebhook(tenantId);
    const event = newEvent(tenantId);
    await db.prisma
      .$executeRaw`ALTER TABLE due_deliveries ADD CONSTRAINT broken CHECK (due_at IS NULL) NOT VALID`;
    await expect(intake.accept([event])).rejects.toThrow('broken');
    expect(await eventsOf(tenantId)).toBe(0);
    expect(await db.prisma.delivery.count({ where: { tenantId } })).toBe(0);
    await db.prisma.$executeRaw`ALTER TABLE due_deliveries DROP CONSTRAINT broken`;
    expect(await acceptOne(event)).toMatchObject({ kind: 'accepted', deliveries: 1 });
  });

  it('stores an event that no webhook wants, and one without any of the runtime’s ids', async () => {
    const tenantId = await newTenant();
    const event = newEvent(tenantId, { subject: {} });
    expect(await acceptOne(event)).toMatchObject({ kind: 'accepted', deliveries: 0 });
    const stored = await db.prisma.event.findUniqueOrThrow({ where: { id: event.id } });
    expect(stored).toMatchObject({ sessionId: null, packageId: null, learnerId: null });
  });

  it('keeps ids that hold the very character that separates rows on the way in', async () => {
    const tenantId = await newTenant();
    const odd = newEvent(tenantId, { subject: { sessionId: 'a\x1eb', learnerId: 'c\x1f"d' } });
    const plain = newEvent(tenantId);
    await intake.accept([plain, odd, newEvent(tenantId)]);
    const stored = await db.prisma.event.findUniqueOrThrow({ where: { id: odd.id } });
    expect(stored).toMatchObject({ sessionId: 'a\x1eb', learnerId: 'c\x1f"d', packageId: null });
    expect(await eventsOf(tenantId)).toBe(3);
  });

  it('refuses an event of a tenant that does not exist, and takes the others of the flush', async () => {
    const tenantId = await newTenant();
    const report = await intake.accept([
      newEvent(uuidV7()),
      newEvent(tenantId),
      keyed(uuidV7(), 'k'),
    ]);
    expect(report.acceptances.map(({ kind }) => kind)).toEqual([
      'unknown_tenant',
      'accepted',
      'unknown_tenant',
    ]);
  });

  it('gives deliveries ids that sort by time', async () => {
    const tenantId = await newTenant();
    await newWebhook(tenantId);
    await acceptOne(newEvent(tenantId));
    await new Promise((resolve) => setTimeout(resolve, 3));
    // The smallest id of this millisecond: ids within a millisecond are in no order.
    const before = firstUuidV7At(Date.now());
    await acceptOne(newEvent(tenantId));
    const ids = await db.prisma.delivery.findMany({ where: { tenantId }, orderBy: { id: 'asc' } });
    expect(ids.filter(({ id }) => id < before)).toHaveLength(1);
    expect(ids.every(({ id }) => id[14] === '7')).toBe(true);
  });
});

describe('which webhooks an event goes to', () => {
  it.each<[string, Listening, boolean]>([
    ['its type is listed', { eventTypes: ['session.scored', 'session.completed'] }, true],
    ['only other types are listed', { eventTypes: ['session.scored'] }, false],
    ['all types are asked for', { eventTypes: ['*'] }, true],
    ['its package is in scope', { packageIds: ['pkg_0', 'pkg_1'] }, true],
    ['its dispatch is in scope', { dispatchIds: ['dsp_1'] }, true],
    [
      'its dispatch is in scope though its package is not',
      { packageIds: ['x'], dispatchIds: ['dsp_1'] },
      true,
    ],
    ['only other packages are in scope', { packageIds: ['pkg_2'] }, false],
    ['its package has the name of a dispatch in scope', { dispatchIds: ['pkg_1'] }, false],
    [
      'its package is in scope but its type is not',
      { eventTypes: ['user.created'], packageIds: ['pkg_1'] },
      false,
    ],
    ['the webhook was deleted', { deleted: true }, false],
  ])('matches when %s', async (_, listening, wanted) => {
    const tenantId = await newTenant();
    const webhookId = await newWebhook(tenantId, listening);
    const event = newEvent(tenantId);
    await acceptOne(event);
    expect(await webhooksOf(event.id)).toEqual(wanted ? [webhookId] : []);
  });

  it('are those of its own tenant', async () => {
    const [tenantId, other] = [await newTenant(), await newTenant()];
    const [own] = [await newWebhook(tenantId), await newWebhook(other)];
    const event = newEvent(tenantId);
    await acceptOne(event);
    expect(await webhooksOf(event.id)).toEqual([own]);
  });

  it('leaves scoped webhooks out when the event names neither package nor dispatch', async () => {
    const tenantId = await newTenant();
    await newWebhook(tenantId, { packageIds: ['pkg_1'], dispatchIds: ['dsp_1'] });
    const unscoped = await newWebhook(tenantId);
    const event = newEvent(tenantId, { subject: { learnerId: 'lrn_1' } });
    await acceptOne(event);
    expect(await webhooksOf(event.id)).toEqual([unscoped]);
  });

  it('follows a webhook’s change of types and scopes with the next event', async () => {
    const tenantId = await newTenant();
    const id = await newWebhook(tenantId, { packageIds: ['pkg_2'] });
    expect(await acceptOne(newEvent(tenantId))).toMatchObject({ deliveries: 0 });
    await db.prisma.webhook.update({ where: { id }, data: { packageIds: ['pkg_1'] } });
    expect(await acceptOne(newEvent(tenantId))).toMatchObject({ deliveries: 1 });
    await db.prisma.webhook.update({ where: { id }, data: { eventTypes: ['user.created'] } });
    expect(await acceptOne(newEvent(tenantId))).toMatchObject({ deliveries: 0 });
  });

  it('holds an event for a paused webhook without waking it', async () => {
    const tenantId = await newTenant();
    await newWebhook(tenantId, { status: 'paused' });
    const active = await newWebhook(tenantId);
    const report = await intake.accept([newEvent(tenantId), newEvent(tenantId)]);
    expect(report.acceptances).toMatchObject([{ deliveries: 2 }, { deliveries: 2 }]);
    expect(report.webhookIds).toEqual([active]);
    expect(await dueOf(tenantId)).toBe(4);
  });
});

describe('idempotency keys', () => {
  it('answers a repeat with the first event and sends nothing again', async () => {
    const tenantId = await newTenant();
    await newWebhook(tenantId);
    const first = keyed(tenantId, 'order-1');
    await acceptOne(first);
    await newWebhook(tenantId);
    const again = await intake.accept([keyed(tenantId, 'order-1')]);
    expect(again).toEqual({
      acceptances: [{ kind: 'accepted', eventId: first.id, duplicate: true, deliveries: 1 }],
      webhookIds: [],
    });
    expect([await eventsOf(tenantId), await dueOf(tenantId)]).toEqual([1, 1]);
  });

  it('refuses the key with another body, whether apart or in the same flush', async () => {
    const tenantId = await newTenant();
    await acceptOne(keyed(tenantId, 'k'));
    expect(await acceptOne(keyed(tenantId, 'k', 'other'))).toEqual({
      kind: 'idempotency_conflict',
    });
    const report = await intake.accept([
      keyed(tenantId, 'l'),
      keyed(tenantId, 'l', 'other'),
      keyed(tenantId, 'k', 'other'),
      keyed(tenantId, 'k'),
    ]);
    expect(report.acceptances.map(({ kind }) => kind)).toEqual([
      'accepted',
      'idempotency_conflict',
      'idempotency_conflict',
      'accepted',
    ]);
    expect(await eventsOf(tenantId)).toBe(2);
  });

  it('answers repeats within one flush with the first of them', async () => {
    const tenantId = await newTenant();
    await newWebhook(tenantId);
    const events = [
      keyed(tenantId, 'k'),
      newEvent(tenantId),
      keyed(tenantId, 'k'),
      keyed(tenantId, 'k'),
    ];
    const { acceptances } = await intake.accept(events);
    expect(acceptances).toMatchObject([
      { eventId: events[0]!.id, duplicate: false, deliveries: 1 },
      { eventId: events[1]!.id, duplicate: false },
      { eventId: events[0]!.id, duplicate: true, deliveries: 1 },
      { eventId: events[0]!.id, duplicate: true, deliveries: 1 },
    ]);
    expect(await eventsOf(tenantId)).toBe(2);
  });

  it('belongs to its tenant: another one may use the same key', async () => {
    const [one, two] = [await newTenant(), await newTenant()];
    const { acceptances } = await intake.accept([keyed(one, 'k'), keyed(two, 'k', 'other')]);
    expect(acceptances).toMatchObject([{ duplicate: false }, { duplicate: false }]);
  });

  it('lets one of many posts of the same instant win, and the others be its repeats', async () => {
    const tenantId = await newTenant();
    await newWebhook(tenantId);
    const reports = await Promise.all(
      Array.from({ length: 20 }, () => intake.accept([keyed(tenantId, 'k')])),
    );
    const all = reports.flatMap(({ acceptances }) => acceptances);
    const ids = new Set(
      all.map((acceptance) => acceptance.kind === 'accepted' && acceptance.eventId),
    );
    expect(ids.size).toBe(1);
    expect(all.filter((one) => one.kind === 'accepted' && !one.duplicate)).toHaveLength(1);
    expect(reports.filter(({ webhookIds }) => webhookIds.length > 0)).toHaveLength(1);
    expect([await eventsOf(tenantId), await dueOf(tenantId)]).toEqual([1, 1]);
  });

  it('never lets flushes with the same keys in opposite order wait for each other', async () => {
    const tenantId = await newTenant();
    for (let round = 0; round < 10; round++) {
      const keys = Array.from({ length: 40 }, (_, i) => `${round}-${i}`);
      const reports = await Promise.all(
        [keys, keys.toReversed(), keys, keys.toReversed()].map((some) =>
          intake.accept(some.map((key) => keyed(tenantId, key))),
        ),
      );
      const fresh = reports
        .flatMap(({ acceptances }) => acceptances)
        .filter((one) => one.kind === 'accepted' && !one.duplicate);
      expect(fresh).toHaveLength(40);
    }
    expect(await eventsOf(tenantId)).toBe(400);
  });
});

describe('all or none', () => {
  it('stores a thousand events at once', async () => {
    const tenantId = await newTenant();
    const webhookId = await newWebhook(tenantId);
    const events = Array.from({ length: 1000 }, () => newEvent(tenantId));
    const report = (await intake.acceptAllOrNone(events))!;
    expect(report.acceptances.every((one) => one.kind === 'accepted' && one.deliveries === 1)).toBe(
      true,
    );
    expect(report.webhookIds).toEqual([webhookId]);
    expect([await eventsOf(tenantId), await dueOf(tenantId)]).toEqual([1000, 1000]);
  });

  it.each(['idempotency_conflict', 'unknown_tenant'])('stores nothing on %s', async (kind) => {
    const tenantId = await newTenant();
    await newWebhook(tenantId);
    await acceptOne(keyed(tenantId, 'taken'));
    const refused =
      kind === 'unknown_tenant' ? newEvent(uuidV7()) : keyed(tenantId, 'taken', 'other');
    const batch = [newEvent(tenantId), keyed(tenantId, 'free'), refused];
    const report = (await intake.acceptAllOrNone(batch))!;
    expect(report.acceptances.map((one) => one.kind)).toEqual(['accepted', 'accepted', kind]);
    expect(report.webhookIds).toEqual([]);
    expect(await eventsOf(tenantId)).toBe(1);
    expect(await acceptOne(keyed(tenantId, 'free'))).toMatchObject({ duplicate: false });
  });

  it('stores nothing of a batch whose tenant does not exist', async () => {
    const nobody = uuidV7();
    const report = (await intake.acceptAllOrNone([newEvent(nobody), newEvent(nobody)]))!;
    expect(report.acceptances).toEqual([{ kind: 'unknown_tenant' }, { kind: 'unknown_tenant' }]);
    expect(await eventsOf(nobody)).toBe(0);
  });

  it('takes repeats in a batch as accepted', async () => {
    const tenantId = await newTenant();
    const first = keyed(tenantId, 'k');
    await acceptOne(first);
    const { acceptances } = (await intake.acceptAllOrNone([
      newEvent(tenantId),
      keyed(tenantId, 'k'),
    ]))!;
    expect(acceptances[1]).toMatchObject({ kind: 'accepted', eventId: first.id, duplicate: true });
  });
});

describe('the plan', () => {
  it('finds webhooks by their keys, and those that collect by a hash, whatever the statistics say', async () => {
    const own = openDatabase({
      url: database.url,
      encryptionKeys: [randomBytes(32)],
      intakePoolSize: 1,
    });
    try {
      await new PostgresEventIntake(own).accept([newEvent(await newTenant())]);
      const { rows } = await own.intakePool.query(
        `EXPLAIN (VERBOSE) EXECUTE "accept_events" (',', ${"'',".repeat(12)} 200, 2000, false)`,
      );
      const plan = JSON.stringify(rows);
      expect(plan).toContain('Bitmap Index Scan on webhooks_listening_idx');
      expect(plan).toContain('tenants_pkey');
      expect(plan).not.toContain('Seq Scan');
      // Searching a list of these for each delivery's webhook took 16 s for 100,000 deliveries.
      expect(plan).toMatch(/webhook_id = \(hashed SubPlan/);
    } finally {
      await own.close();
    }
  });
});
