import { uuidV7 } from '@schoolbell/ids';
import { asTenant, History, openDatabase, type Database, Prisma } from '@schoolbell/persistence';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../../support/index.js';
import { dropChecks, insertUnchecked, someRow } from './rows-of-tenants.js';
import { readTables, ROLE, type Table } from './tables.js';

/** Tables without rows of tenants that the role may read, each with the reason. */
const NOBODYS: Record<string, string> = {
  attempt_counts_progress: 'how far attempts are counted: one id, the same for all',
  backlog_counts_progress: 'in which hours backlogs were counted, the same for all',
  event_counts_progress: 'how far events and deliveries are counted: two ids, the same for all',
};

/** Tables whose rows without a tenant are visible to everybody. */
const PLATFORMS_FOR_ALL = ['event_types'];

let database: TestDatabase;
let db: Database;
let tables: Table[];
const [ours, theirs] = [uuidV7(), uuidV7()];

const ofTenants = (): Table[] =>
  tables.filter(({ tenantColumn, isPartition }) => tenantColumn && !isPartition);
const may = (privilege: string) => (table: Table) => table.privileges.includes(privilege);
const names = (some: Table[]) => some.map(({ name }) => name);

/** Without a tenant if the id is empty. */
const asRole = <Result>(work: (tx: Prisma.TransactionClient) => Promise<Result>, tenantId = ours) =>
  asTenant(db, tenantId, work);
const idsSeen = async (tx: Prisma.TransactionClient, { name, tenantColumn }: Table) => {
  const column = tenantColumn ?? 'NULL';
  const rows = await tx.$queryRawUnsafe<{ of: string | null }[]>(
    `SELECT ${column}::text AS of FROM ${name}`,
  );
  return rows.map(({ of }) => of);
};

beforeAll(async () => {
  database = await createDatabase();
  db = openDatabase({ url: database.url, encryptionKeys: [randomBytes(32)] });
  await new History(db, 30).makeAhead();
  tables = await readTables(database);
  await dropChecks(database);
  for (const { name, tenantColumn, mayHaveNoTenant } of ofTenants()) {
    const owners = mayHaveNoTenant ? [ours, theirs, null] : [ours, theirs];
    for (const owner of owners) {
      await insertUnchecked(database, await someRow(database, name, tenantColumn!, owner));
    }
  }
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

describe('the role that serves tenants', () => {
  it('cannot sign in, bypass row-level security, or become anybody else', async () => {
    const role = await database.query(
      `SELECT rolcanlogin, rolbypassrls, rolsuper, rolcreaterole, rolcreatedb, rolreplication,
         (SELECT count(*)::integer FROM pg_auth_members m WHERE m.member = r.oid) AS memberships,
         (SELECT count(*)::integer FROM pg_class c WHERE c.relowner = r.oid) AS owned
       FROM pg_roles r WHERE rolname = $1`,
      [ROLE],
    );
    expect(role).toEqual([
      {
        rolcanlogin: false,
        rolbypassrls: false,
        rolsuper: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolreplication: false,
        memberships: 0,
        owned: 0,
      },
    ]);
  });

  it('meets row-level security, and a policy, in every table that has a tenant', () => {
    expect(ofTenants().length).toBeGreaterThan(20);
    const unguarded = ofTenants().filter(({ isGuarded, policies }) => !isGuarded || policies === 0);
    expect(names(unguarded)).toEqual([]);
  });

  it('may read nothing else, but for a few rows that say nothing of anybody', () => {
    const others = tables.filter(({ tenantColumn, isPartition }) => !tenantColumn || isPartition);
    expect(names(others.filter(({ privileges }) => privileges.length > 0))).toEqual(
      Object.keys(NOBODYS),
    );
    for (const name of Object.keys(NOBODYS)) {
      expect(tables.find((table) => table.name === name)!.privileges, name).toEqual(['SELECT']);
    }
  });

  it('reaches no partition but through its table', () => {
    const partitions = tables.filter(({ isPartition }) => isPartition);
    expect(partitions.length).toBeGreaterThan(6);
    expect(names(partitions.filter(({ privileges }) => privileges.length > 0))).toEqual([]);
  });

  it('may remove or empty no history', () => {
    const removable = tables.filter((table) => may('DELETE')(table) || may('TRUNCATE')(table));
    for (const name of [
      'attempts',
      'audit_log',
      'deliveries',
      'events',
      'operations',
      'webhooks',
    ]) {
      expect(names(removable)).not.toContain(name);
    }
  });
});

describe('a query without a WHERE', () => {
  it('shows one tenant its own rows alone, in every table', async () => {
    for (const table of ofTenants().filter(may('SELECT'))) {
      const seen = await asRole((tx) => idsSeen(tx, table));
      const platforms = PLATFORMS_FOR_ALL.includes(table.name) ? [null] : [];
      expect(seen.toSorted(), table.name).toEqual([ours, ...platforms]);
    }
  });

  it('shows nothing anywhere while no tenant is set', async () => {
    for (const table of ofTenants().filter(may('SELECT'))) {
      const seen = await asRole((tx) => idsSeen(tx, table), '');
      expect(seen, table.name).toEqual(PLATFORMS_FOR_ALL.includes(table.name) ? [null] : []);
    }
  });

  it('changes and removes one tenant’s rows alone', async () => {
    for (const { name, tenantColumn } of ofTenants().filter(may('UPDATE'))) {
      const changed = asRole((tx) =>
        tx.$executeRawUnsafe(`UPDATE ${name} SET ${tenantColumn} = ${tenantColumn}`),
      );
      expect(await changed, name).toBe(1);
    }
    for (const { name } of ofTenants().filter(may('DELETE'))) {
      const removing = asRole(async (tx) => {
        throw await tx.$executeRawUnsafe(`DELETE FROM ${name}`);
      });
      await expect(removing, name).rejects.toBe(1);
    }
  });
});

describe('whoever serves a tenant', () => {
  it('gives no row to another one, in any table', async () => {
    const given = ofTenants().filter(may('UPDATE'));
    expect(given.length).toBeGreaterThan(5);
    for (const { name, tenantColumn } of given) {
      const giving = asRole((tx) =>
        tx.$executeRawUnsafe(`UPDATE ${name} SET ${tenantColumn} = '${theirs}'`),
      );
      await expect(giving, name).rejects.toThrow(/row-level security/);
    }
  });

  it('makes no row for another one, or for nobody, in any table', async () => {
    for (const { name, tenantColumn } of ofTenants().filter(may('INSERT'))) {
      for (const owner of [theirs, null]) {
        const insert = await someRow(database, name, tenantColumn!, owner);
        const making = asRole((tx) => tx.$executeRawUnsafe(insert));
        await expect(making, name).rejects.toThrow(/row-level security/);
      }
    }
  });
});
