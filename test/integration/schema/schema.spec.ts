import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { databaseTest as it } from '../../support/index.js';
import type { TableShape } from './table-shape.js';
import { tablesOfDatabase } from './tables-of-database.js';
import { tablesOfSchema } from './tables-of-schema.js';

const byName = (one: TableShape, other: TableShape): number => one.name.localeCompare(other.name);

const schema = await readFile('prisma/schema.prisma', 'utf8');

describe('schema.prisma', () => {
  it('describes the very tables, columns, indexes and foreign keys that the migrations make', async ({
    database,
  }) => {
    const described = tablesOfSchema(schema).toSorted(byName);
    expect(described.length).toBeGreaterThan(5);
    expect(described).toEqual((await tablesOfDatabase(database)).toSorted(byName));
  });

  it('would be found out if the database had one more column, index or default', async ({
    database,
  }) => {
    for (const change of [
      'ALTER TABLE tenants ADD COLUMN extra text',
      'CREATE INDEX extra ON tenants (name)',
      'ALTER TABLE tenants ALTER COLUMN webhook_limit SET DEFAULT 101',
      'ALTER TABLE tenants ALTER COLUMN domain SET NOT NULL',
    ]) {
      const before = await tablesOfDatabase(database);
      await database.query(change);
      expect(await tablesOfDatabase(database), change).not.toEqual(before);
    }
  });

  it('would be found out if it had one more column, index or default itself', () => {
    const tables = tablesOfSchema(schema);
    for (const [part, changed] of [
      ['  name                    String\n', '  name String\n  extra Int?\n'],
      ['@default(100)', '@default(101)'],
      ['  @@map("tenants")', '  @@index([name])\n  @@map("tenants")'],
      ['monthlyLaunchLimit      Int?', 'monthlyLaunchLimit Int'],
      ['@map("webhook_limit")', '@map("webhooks")'],
    ] as const) {
      expect(schema).toContain(part);
      expect(tablesOfSchema(schema.replace(part, changed)), changed).not.toEqual(tables);
    }
  });
});
