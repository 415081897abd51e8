import { toTypeId, uuidV7 } from '@schoolbell/ids';
import { type WaitingChoice } from '@schoolbell/delivery';
import type { Author } from '@schoolbell/identity';
import { asTenant, type TenantTransaction } from '../../database/as-tenant.js';
import type { Database } from '../../database/database.js';
import { boundAt, CLOCK_SLACK_MS, LOWEST_UUID } from '../../database/id-range.js';
import { recordChange } from '../../database/record-change.js';
import { OPERATION_COLUMNS, type OperationRow } from '../operation-row.js';
import type { ErasureSelection, Learner } from './erasure-selection.js';
import { eventsOf } from './learner-events.js';

export interface AskedErasure {
  learnerId: string;
  waiting: WaitingChoice;
}

/** Until posts that were refused up to now are stored: an API gathers them for a second. */
const BEGINS_AFTER_SECONDS = 2;

/** Starts the erasure of what was accepted up to now, and says so in the audit log. */
export async function startErasure(
  db: Pick<Database, 'prisma'>,
  tenantId: string,
  asked: AskedErasure,
  author: Author,
): Promise<OperationRow> {
  const id = uuidV7();
  return asTenant(db, tenantId, async (tx) => {
    const upTo = await newestEvent(tx, tenantId);
    const total = await countEvents(tx, { tenantId, learnerId: asked.learnerId, upTo });
    const selection: ErasureSelection = { ...asked, upTo, author };
    await recordChange(tx, author, {
      tenantId,
      action: 'erasure.started',
      resource: { kind: 'operation', id: toTypeId('operation', id) },
      after: { ...asked },
    });
    const [row] = await tx.$queryRaw<[OperationRow]>`
      INSERT INTO operations (id, tenant_id, kind, status, selection, total, reached, worked_at)
      VALUES (${id}::uuid, ${tenantId}::uuid, 'erasure', 'running', ${JSON.stringify(selection)}::jsonb,
        ${total}, ${LOWEST_UUID}::uuid, now() + ${BEGINS_AFTER_SECONDS} * interval '1 second')
      RETURNING ${OPERATION_COLUMNS}`;
    return row;
  });
}

/**
 * Of all learners: one of this learner's sessions may have events that name none. An API whose clock is further ahead
 * than clocks may be does not make it take what comes after the call.
 */
async function newestEvent(tx: TenantTransaction, tenantId: string): Promise<string> {
  const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT now()`;
  const latest = boundAt(new Date(now.getTime() + CLOCK_SLACK_MS));
  const [newest] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM events WHERE tenant_id = ${tenantId}::uuid AND id < ${latest}::uuid
    ORDER BY id DESC LIMIT 1`;
  return newest?.id ?? boundAt(now);
}

async function countEvents(tx: TenantTransaction, learner: Learner): Promise<number> {
  const [row] = await tx.$queryRaw<[{ count: number }]>`
    SELECT count(*)::integer AS count FROM events e WHERE ${eventsOf(learner)}`;
  return row.count;
}
