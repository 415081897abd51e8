import type { Deletion } from './delete-batches.js';
import { LOWEST_UUID } from '../database/id-range.js';

const ROWS_PER_STATEMENT = 5_000;
/** About a minute's worth for one table; the next round goes on. */
const MOST_STATEMENTS = 200;

/** What one statement of a walk did. */
export interface Stride {
  deleted: number;
  /** The last id that was looked at; null when there are no more. */
  reached: string | null;
}

/**
 * Walks a table in the order of its ids and deletes on the way: for rows of which some stay, so that what
 * stays is looked at once a walk. A walk that is longer than a round goes on in the next, behind where it was.
 *
 * @param name of the walk, in `positions`
 * @param positions where unfinished walks are; for all walks of one process
 */
export async function walkRows(
  name: string,
  positions: Map<string, string>,
  stride: (after: string, limit: number) => Promise<Stride>,
): Promise<Deletion> {
  let deleted = 0;
  for (let i = 0; i < MOST_STATEMENTS; i++) {
    const step = await stride(positions.get(name) ?? LOWEST_UUID, ROWS_PER_STATEMENT);
    deleted += step.deleted;
    if (step.reached === null) {
      positions.delete(name);
      return { deleted, unfinished: false };
    }
    positions.set(name, step.reached);
  }
  return { deleted, unfinished: true };
}
