import { modelColumns } from '../../database/model-columns.js';
import { ofTenant } from '../../database/of-tenant.js';
import type { ReadRows } from '../../database/read-transaction.js';
import { Prisma, type Attempt } from '../../generated/client.js';
import { batchIdsOf, readSentBatches, type SentBatch } from './sent-batches.js';

/** One HTTP request that was made for a delivery; headers are JSON text. */
export interface AttemptRow extends Attempt {
  /** The batch that the request was of; null for one of the delivery alone. */
  batch: SentBatch | null;
}

const COLUMNS = modelColumns(Prisma.AttemptScalarFieldEnum);

/** The attempts at a delivery itself, and those at the batches that it was in; oldest first. */
export async function attemptsOf(
  rows: ReadRows,
  tenantId: string,
  deliveryId: string,
): Promise<AttemptRow[]> {
  const batchIds = await batchIdsOf(rows, tenantId, deliveryId);
  const attempts = await rows<Attempt>(Prisma.sql`
    SELECT ${COLUMNS} FROM attempts t
    WHERE t.delivery_id = ANY (${[deliveryId, ...batchIds]}::uuid[]) AND ${ofTenant('t', tenantId)}
    ORDER BY t.number, t.id`);
  const sent = new Set(attempts.map((attempt) => attempt.deliveryId));
  const batches = await readSentBatches(
    rows,
    tenantId,
    batchIds.filter((id) => sent.has(id)),
  );
  return numbered(attempts, batches);
}

/** Where batches have numbers of their own, the attempts are numbered anew, in the order in which they began. */
function numbered(
  attempts: readonly Attempt[],
  batches: ReadonlyMap<string, SentBatch>,
): AttemptRow[] {
  const found = attempts.map((attempt) => ({
    ...attempt,
    batch: batches.get(attempt.deliveryId) ?? null,
  }));
  if (batches.size === 0) return found;
  return found
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    .map((attempt, index) => ({ ...attempt, number: index + 1 }));
}
