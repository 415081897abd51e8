import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What the version before may need while it runs beside this one, by what takes it away. */
const TAKES_AWAY: [what: string, statement: RegExp][] = [
  ['a table', /\bDROP\s+TABLE\b/i],
  ['a column', /\bDROP\s+COLUMN\b/i],
  ['a name', /\bRENAME\b/i],
  ['a type', /\bALTER\s+COLUMN\s+\S+\s+(SET\s+DATA\s+)?TYPE\b/i],
  ['a default', /\bDROP\s+DEFAULT\b/i],
  ['the right to leave a column out', /\bALTER\s+COLUMN\s+\S+\s+SET\s+NOT\s+NULL\b/i],
  [
    'the right not to know a column',
    /\bADD\s+COLUMN\s+(IF\s+NOT\s+EXISTS\s+)?\S+(?=[^,;]*\bNOT\s+NULL\b)(?![^,;]*\b(DEFAULT|GENERATED)\b)/i,
  ],
  ['a function', /\bDROP\s+FUNCTION\b/i],
];

/** From before the first release: nobody runs a version that misses it. */
const BEFORE_THE_FIRST_RELEASE: Record<string, string[]> = {
  '20261130040100_tenant_of_handshakes_and_tokens': ['the right to leave a column out'],
};

function takenAwayBy(sql: string): string[] {
  const statements = sql.replaceAll(/--.*$/gm, '').replaceAll(/'[^']*'/g, "''");
  return TAKES_AWAY.flatMap(([what, statement]) => (statement.test(statements) ? what : []));
}

describe('a migration takes away nothing that the version before needs', () => {
  const files = globSync('prisma/migrations/*/migration.sql').toSorted();

  it.each(files.map((file) => [basename(dirname(file)), file]))('%s', (name, file) => {
    const known = BEFORE_THE_FIRST_RELEASE[name] ?? [];
    expect(takenAwayBy(readFileSync(file, 'utf8'))).toEqual(known);
  });

  it.each([
    ['ALTER TABLE webhooks DROP COLUMN url;', 'a column'],
    ['ALTER TABLE webhooks RENAME COLUMN url TO address;', 'a name'],
    ['ALTER TABLE webhooks ALTER COLUMN url TYPE varchar(10);', 'a type'],
    ['ALTER TABLE webhooks ALTER COLUMN url SET NOT NULL;', 'the right to leave a column out'],
    ['ALTER TABLE webhooks ADD COLUMN a text NOT NULL;', 'the right not to know a column'],
    ['DROP TABLE webhooks;', 'a table'],
  ])('would be found out by: %s', (sql, what) => {
    expect(takenAwayBy(sql)).toEqual([what]);
  });

  it.each([
    "ALTER TABLE webhooks ADD COLUMN a text NOT NULL DEFAULT 'x', ADD COLUMN b integer;",
    'CREATE TABLE a (b text NOT NULL); -- no DROP TABLE',
    'DROP INDEX webhooks_url_idx;',
  ])('may do this: %s', (sql) => {
    expect(takenAwayBy(sql)).toEqual([]);
  });
});
