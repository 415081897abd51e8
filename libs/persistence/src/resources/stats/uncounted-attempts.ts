import type { Database } from '../../database/database.js';
import { boundAt } from '../../database/id-range.js';
import { readListOnSnapshot, type ReadRows } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';

/** Attempts of the last minutes are counted as they are read; of all tenants together, this many are looked at. */
const MOST_UNCOUNTED = 10_000;

/** The first attempt from `from` on that nobody has counted yet has this id, or a higher one. */
export async function beginOfUncounted(rows: ReadRows, from: Date): Promise<string> {
  const [progress] = await rows<{ countedTo: string }>(
    Prisma.sql`SELECT counted_to AS "countedTo" FROM attempt_counts_progress`,
  );
  return [progress!.countedTo, boundAt(from)].toSorted().at(-1)!;
}

/**
 * Finds where whoever reads uncounted attempts has to stop. As the platform: to a tenant, row-level security would show
 * its own attempts alone, and those of all others would be read without being numbered.
 *
 * @returns an id; undefined when there are few
 * @throws ListTooSlowError
 */
export async function endOfUncounted(
  db: Pick<Database, 'listPool'>,
  from: Date,
): Promise<string | undefined> {
  return readListOnSnapshot(db, undefined, async (rows) => {
    // By the index, also while the statistics of a new partition know nothing of its rows.
    await rows(Prisma.sql`SET LOCAL enable_seqscan = off`);
    const begin = await beginOfUncounted(rows, from);
    const [end] = await rows<{ id: string }>(Prisma.sql`
      SELECT id FROM attempts WHERE id >= ${begin}::uuid
      ORDER BY id OFFSET ${MOST_UNCOUNTED} LIMIT 1`);
    return end?.id;
  });
}
