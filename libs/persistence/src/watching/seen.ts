import { Prisma } from '../generated/client.js';

/**
 * What a look saw: the changes of all transactions with a lower number, and of some others. Another server, to which
 * everybody changes over when one fails, may have numbers of its own.
 */
export type Seen = number;

/** {@link Seen} of whoever asks now. */
export const SEEN = Prisma.sql`pg_snapshot_xmin(pg_current_snapshot())::text::bigint`;

/**
 * That somebody wrote a row, as it is now, since then. Exact, unlike any time: what commits late has a number that was
 * not seen. No index is asked; tables are read from an id on.
 *
 * @param row the table, as the query names it
 * @param seen undefined: nothing
 */
export function isUnseen(row: string, seen: Seen | undefined): Prisma.Sql {
  if (seen === undefined) return Prisma.sql`true`;
  return Prisma.sql`age(${Prisma.raw(row)}.xmin) <= age(${String(seen)}::xid8::xid)`;
}
