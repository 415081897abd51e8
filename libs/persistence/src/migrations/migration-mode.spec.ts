import { describe, expect, it } from 'vitest';
import { modeOf } from './migration-mode.js';

const OUTSIDE = `-- outside a transaction
-- Why there is this index.
CREATE INDEX CONCURRENTLY IF NOT EXISTS later_idx ON due_deliveries (tenant_id)
  WHERE NOT test;
`;
const PARTITIONS = `-- on each partition first
CREATE UNIQUE INDEX IF NOT EXISTS later_idx ON deliveries (tenant_id, id);`;

describe('a migration', () => {
  it.each([
    ['transaction', 'CREATE INDEX a ON b (c); -- outside a transaction'],
    ['transaction', '-- Why.\nALTER TABLE a ADD b integer;'],
    ['outside', OUTSIDE],
    ['outside', OUTSIDE.replaceAll('\n', '\r\n')],
    ['partitions', PARTITIONS],
  ])('is applied by way of "%s" as its first line says', (mode, sql) => {
    expect(modeOf('20261124_a', sql)).toBe(mode);
  });

  it.each([
    ['several statements', `${OUTSIDE}SELECT 1;`],
    ['no IF NOT EXISTS', OUTSIDE.replace('IF NOT EXISTS ', '')],
    ['no CONCURRENTLY', OUTSIDE.replace('CONCURRENTLY ', '')],
    ['no CREATE INDEX', '-- outside a transaction\nVACUUM deliveries;'],
    [
      'CONCURRENTLY, which a partitioned table cannot have',
      PARTITIONS.replace('INDEX', 'INDEX CONCURRENTLY'),
    ],
  ])('that builds an index while its table is written is refused when it has %s', (_what, sql) => {
    expect(() => modeOf('20261124_a', sql)).toThrow(/20261124_a must be one statement/);
  });
});
