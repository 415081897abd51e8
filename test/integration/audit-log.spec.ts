import { randomBytes } from 'node:crypto';
import { DEFAULT_WEBHOOK_SETTINGS } from '@schoolbell/delivery';
import { firstUuidV7At, uuidV7 } from '@schoolbell/ids';
import {
  History,
  openDatabase,
  TenantRepository,
  type Database,
  WebhookRepository,
} from '@schoolbell/persistence';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  AN_AUTHOR,
  createOwnedDatabase,
  type OwnedDatabase,
  seedTenant,
} from '../support/index.js';

const DAY_MS = 86_400_000;

let database: OwnedDatabase;
let db: Database;
let history: History;

beforeAll(async () => {
  database = await createOwnedDatabase();
  db = openDatabase({ url: database.url, encryptionKeys: [randomBytes(32)] });
  history = new History(db, 30);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const daysFromNow = (days: number) => new Date(Date.now() + days * DAY_MS);

/** Adds an entry of a moment. @returns the partition that it is in */
async function addEntry(at = new Date(), tenantId: string | null = null): Promise<string> {
  const [row] = await database.query<{ partition: string }>(
    `INSERT INTO audit_log (id, tenant_id, actor_kind, actor_id, actor_name, action, resource_kind,
       resource_id, address, request_id)
     VALUES ($1, $2, 'platform', 'key_1', 'k', 'tenant.created', 'tenant', 'ten_1', '::1', 'req_1')
     RETURNING tableoid::regclass::text AS partition`,
    [firstUuidV7At(at.getTime()), tenantId],
  );
  return row!.partition;
}

const partitions = async () =>
  (
    await database.query<{ name: string }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits
       WHERE inhparent = 'audit_log'::regclass ORDER BY 1`,
    )
  ).map(({ name }) => name);

/** Removes an audit log from which nothing may be deleted, as dropping its old partitions does. */
async function beginAnew(): Promise<void> {
  for (const name of await partitions()) await database.query(`DROP TABLE ${name}`);
  await database.query('CREATE TABLE audit_log_default PARTITION OF audit_log DEFAULT');
  await database.query(`SELECT seal_audit_log('audit_log_default')`);
}

const TRUE_OF_ALL = 'actor_id IS NOT NULL';
const CHANGES = {
  update: (table: string) => `UPDATE ${table} SET action = 'nothing' WHERE ${TRUE_OF_ALL}`,
  delete: (table: string) => `DELETE FROM ${table} WHERE ${TRUE_OF_ALL}`,
  truncate: (table: string) => `TRUNCATE ${table}`,
};

describe('an entry of the audit log', () => {
  const tenantId = uuidV7();
  const asTenant = (sql: string) =>
    `SET ROLE schoolbell_tenant; SET schoolbell.tenant_id = '${tenantId}'; ${sql}`;

  it.each(Object.entries(CHANGES))(
    'cannot be changed: whoever serves a tenant, and the owner of the tables, may not %s',
    async (_what, change) => {
      const tables = ['audit_log', 'audit_log_default', await addEntry(new Date(), tenantId)];
      expect(tables[2]).toMatch(/^audit_log_\d{8}$/);
      for (const table of tables) {
        for (const sql of [change(table), asTenant(change(table))]) {
          await expect(database.query(sql), sql).rejects.toMatchObject({
            code: '42501',
            message: expect.stringContaining('permission denied'),
          });
        }
      }
    },
  );

  it.each(Object.entries(CHANGES))(
    'cannot be changed: a superuser is refused to %s by a trigger',
    async (_what, change) => {
      const tables = ['audit_log', 'audit_log_default', await addEntry()];
      for (const table of tables) {
        await expect(database.asSuperuser.query(change(table)), table).rejects.toThrow(
          'the audit log is append-only',
        );
      }
    },
  );

  it('can be added and read by whoever serves its tenant, and by no other', async () => {
    const [one, other] = [uuidV7(), uuidV7()];
    await addEntry(new Date(), one);
    const as = (tenant: string) =>
      `SET ROLE schoolbell_tenant; SET schoolbell.tenant_id = '${tenant}'`;
    const client = await db.maintenancePool.connect();
    const seen = async (tenant: string) => {
      await client.query(as(tenant));
      return (await client.query('SELECT FROM audit_log')).rowCount;
    };
    expect([await seen(one), await seen(other)]).toEqual([1, 0]);
    await expect(
      client.query(
        `INSERT INTO audit_log (id, tenant_id, actor_kind, actor_id, actor_name, action,
           resource_kind, resource_id, address, request_id)
         VALUES ($1, $2, 'user', '', '', '', '', '', '', '')`,
        [uuidV7(), one],
      ),
    ).rejects.toMatchObject({ code: '42501' });
    client.release(true);
  });
});

it('a change whose entry cannot be written is not made', async () => {
  const { tenantUuid: tenantId } = await seedTenant(database);
  const webhooks = new WebhookRepository(db);
  const creation = await webhooks.create(AN_AUTHOR, tenantId, {
    ...DEFAULT_WEBHOOK_SETTINGS,
    url: 'https://receiver.example/',
    eventTypes: ['*'],
    everyEvent: true,
    secret: 'whsec_x',
    publicKey: null,
    status: 'active',
  });
  if (creation.kind !== 'created') throw new Error(creation.kind);
  const { webhook } = creation;
  await database.query(
    `CREATE FUNCTION no_entries() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no entries'; END $$;
     CREATE TRIGGER no_entries BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION no_entries()`,
  );
  const change = { settings: { description: 'changed' } };
  await expect(webhooks.update(AN_AUTHOR, webhook, change)).rejects.toThrow('no entries');
  await expect(webhooks.pause(AN_AUTHOR, tenantId, webhook.id)).rejects.toThrow('no entries');
  await expect(webhooks.delete(AN_AUTHOR, tenantId, webhook.id)).rejects.toThrow('no entries');
  await database.query('DROP FUNCTION no_entries CASCADE');
  expect(await webhooks.find(tenantId, webhook.id)).toEqual(webhook);
});

describe('the audit log is kept for a year', () => {
  afterEach(beginAnew);

  it('in partitions that are there from the first moment on, and for three months to come', async () => {
    await beginAnew();
    await history.makeAhead();
    for (const days of [0, 45, 91]) {
      expect(await addEntry(daysFromNow(days)), `${days} days`).toMatch(/^audit_log_\d{8}$/);
    }
  });

  it('and goes with its partitions, not a day sooner', async () => {
    await beginAnew();
    for (let days = 560; days >= 0; days -= 40) await history.makeAhead(daysFromNow(-days));
    for (const days of [550, 480, 400, 365, 1]) {
      expect(await addEntry(daysFromNow(-days))).toMatch(/^audit_log_\d{8}$/);
    }
    const { auditPartitions, unfinished } = await history.prune();
    expect(auditPartitions).toBeGreaterThan(0);
    expect(unfinished).toBe(false);
    const rows = await database.query<{ days: number }>(
      `SELECT round(extract(epoch FROM now() - uuid_extract_timestamp(id)) / 86400)::int AS days
       FROM audit_log ORDER BY id`,
    );
    expect(rows.map(({ days }) => days)).toEqual([365, 1]);
  });

  it('also where there was no partition in time: it stays where it is, until all of it is old', async () => {
    await beginAnew();
    for (const days of [-400, 0, 120]) {
      expect(await addEntry(daysFromNow(days))).toBe('audit_log_default');
    }
    await history.makeAhead();
    // Today continues in the default partition; tomorrow's partition begins with tomorrow.
    expect(await addEntry()).toBe('audit_log_default');
    expect(await addEntry(daysFromNow(2))).toMatch(/^audit_log_\d{8}$/);
    // An entry from a clock that is ahead keeps its whole quarter in the default partition.
    expect(await addEntry(daysFromNow(121))).toBe('audit_log_default');
    expect((await history.prune()).auditPartitions).toBe(0);
    const later = await history.prune(daysFromNow(121 + 367));
    expect(later.auditPartitions).toBeGreaterThan(0);
    expect(await partitions()).toContain('audit_log_default');
    expect(await database.query('SELECT FROM audit_log')).toEqual([]);
    await expect(database.query('DELETE FROM audit_log_default')).rejects.toThrow(
      'permission denied',
    );
  });

  it('by the clock of the database, whatever that of an API says', async () => {
    await history.makeAhead();
    vi.useFakeTimers({ now: Date.UTC(2020, 0), toFake: ['Date'] });
    try {
      await new TenantRepository(db).create(AN_AUTHOR, { name: 'Slow' });
    } finally {
      vi.useRealTimers();
    }
    const partitionsOfEntries = await database.query<{ name: string }>(
      'SELECT tableoid::regclass::text AS name FROM audit_log',
    );
    expect(partitionsOfEntries).toEqual([{ name: expect.stringMatching(/^audit_log_\d{8}$/) }]);
  });

  it('also where the id of a new one is of a clock that was slow: it is not dropped', async () => {
    expect(await addEntry(daysFromNow(-2000))).toBe('audit_log_default');
    expect((await history.prune()).auditPartitions).toBe(0);
    expect(await database.query('SELECT FROM audit_log')).toHaveLength(1);
  });
});
