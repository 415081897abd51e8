import type { TestDatabase } from '../../support/index.js';
import { columnText, indexText, type TableShape } from './table-shape.js';

const COLUMNS = `
SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
  a.attnotnull AS required, pg_get_expr(d.adbin, d.adrelid) AS value
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
  AND NOT c.relispartition AND c.relname <> '_prisma_migrations'`;

// Prisma cannot express indexes over expressions or included columns; these are left out.
const INDEXES = `
SELECT c.relname AS table, i.relname AS name, x.indisunique AS unique,
  (SELECT array_agg(a.attname || CASE WHEN x.indoption[k.n - 1] & 1 = 1 THEN ' desc' ELSE '' END
                    ORDER BY k.n)
   FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k (attribute, n)
   JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attribute
   WHERE k.n <= x.indnkeyatts)::text[] AS columns
FROM pg_index x
JOIN pg_class c ON c.oid = x.indrelid
JOIN pg_class i ON i.oid = x.indexrelid
WHERE c.relnamespace = 'public'::regnamespace AND x.indexprs IS NULL`;

const FOREIGN_KEYS = `
SELECT c.relname AS table, a.attname AS column, t.relname AS target, ta.attname AS target_column,
  f.confdeltype AS on_delete, f.confupdtype AS on_update
FROM pg_constraint f
JOIN pg_class c ON c.oid = f.conrelid
JOIN pg_class t ON t.oid = f.confrelid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = f.conkey[1]
JOIN pg_attribute ta ON ta.attrelid = t.oid AND ta.attnum = f.confkey[1]
WHERE f.contype = 'f' AND c.relnamespace = 'public'::regnamespace`;

const ACTIONS: Record<string, string> = {
  a: 'NoAction',
  r: 'Restrict',
  c: 'Cascade',
  n: 'SetNull',
  d: 'SetDefault',
};

/** The tables that the migrations made. */
export async function tablesOfDatabase(database: TestDatabase): Promise<TableShape[]> {
  const columns = await database.query<{
    table: string;
    name: string;
    type: string;
    required: boolean;
    value: string | null;
  }>(COLUMNS);
  const indexes = await database.query<{
    table: string;
    name: string;
    unique: boolean;
    columns: string[];
  }>(INDEXES);
  const foreignKeys = await database.query<Record<string, string>>(FOREIGN_KEYS);
  const names = [...new Set(columns.map(({ table }) => table))];
  return names.map((name) => ({
    name,
    columns: columns
      .filter(({ table }) => table === name)
      .map((column) => columnText({ ...column, default: literal(column.value) }))
      .toSorted(),
    indexes: indexes
      .filter(({ table }) => table === name)
      .map((index) => indexText(index.name, index.unique, index.columns))
      .toSorted(),
    foreignKeys: foreignKeys
      .filter(({ table }) => table === name)
      .map(
        (key) =>
          `${key.column} -> ${key.target}.${key.target_column} ` +
          `on delete ${ACTIONS[key.on_delete!]}, on update ${ACTIONS[key.on_update!]}`,
      )
      .toSorted(),
  }));
}

/** `'waiting'::text` as schema.prisma writes it: `waiting`. */
function literal(expression: string | null): string | undefined {
  return expression?.replace(/^'(.*)'::[\w[\]]+$/, '$1');
}
