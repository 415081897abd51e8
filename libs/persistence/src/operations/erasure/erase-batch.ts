import { ERASURE_PATIENCE_HOURS } from '@schoolbell/delivery';
import { toTypeId } from '@schoolbell/ids';
import { LOWEST_UUID } from '../../database/id-range.js';
import type { Database } from '../../database/database.js';
import type { TenantTransaction } from '../../database/as-tenant.js';
import { recordChange } from '../../database/record-change.js';
import { promoteFirsts } from '../../steps/promote.js';
import { lockedOperation, type BatchRow, type RunningOperation } from '../batch.js';
import { buryEvents } from './bury-events.js';
import { busyAmong, deliveriesOf } from './deliveries-of-events.js';
import { discardWaiting, type Discarded } from './discard-waiting.js';
import { ENDED_SELECTION, type ErasureSelection, type Learner } from './erasure-selection.js';
import { forgetFilterErrors } from './forget-filter-errors.js';
import { forgetRejections } from './forget-rejections.js';
import { forgetScorm } from './forget-scorm.js';
import { adoptEvents, nextEvents, someEventsLeft, type LearnerEvent } from './learner-events.js';

/** A batch is some ten statements, of which a busy Postgres may make each wait. */
const TIMEOUT_MS = 20_000;

interface State {
  reached: string;
  createdAt: Date;
  /** What waits has had its time. */
  isImpatient: boolean;
}

/** What a batch did. */
interface Batch {
  erased: number;
  /** The last event that was looked at; null: the walk begins anew. */
  reached: string | null;
  discarded: Discarded;
  isComplete: boolean;
}

const NOTHING: Discarded = { sessions: [], webhookIds: [] };

/**
 * The next batch of an erasure: SCORM states first, then events in the order of their ids. An event of which a
 * delivery is under way, or is to be sent first, is passed by; the walk comes round to it until none is left.
 *
 * @returns no row when another dispatcher is at it, or it has ended
 */
export async function eraseBatch(
  db: Pick<Database, 'prisma' | 'dispatchPool'>,
  operation: RunningOperation,
): Promise<BatchRow[]> {
  const done = await db.prisma.$transaction((tx) => eraseOn(tx, operation), {
    timeout: TIMEOUT_MS,
  });
  if (!done) return [];
  const { row, discarded } = done;
  await promoteFirsts(db.dispatchPool, discarded.sessions);
  return [{ ...row, webhookIds: discarded.webhookIds }];
}

async function eraseOn(tx: TenantTransaction, { id, tenantId, selection }: RunningOperation) {
  const state = await lock(tx, id);
  if (!state) return undefined;
  const asked = selection as ErasureSelection;
  const batch = await eraseSome(tx, { ...asked, tenantId }, asked, state);
  const row = await writeProgress(tx, id, batch);
  if (batch.isComplete) await recordErasure(tx, id, tenantId, asked, row.done);
  return { row, discarded: batch.discarded };
}

async function lock(tx: TenantTransaction, id: string): Promise<State | undefined> {
  const [state] = await tx.$queryRaw<State[]>`
    WITH ${lockedOperation(id)}
    SELECT reached, created_at AS "createdAt",
      created_at < now() - ${ERASURE_PATIENCE_HOURS} * interval '1 hour' AS "isImpatient"
    FROM operation`;
  return state;
}

async function eraseSome(
  tx: TenantTransaction,
  learner: Learner,
  { waiting }: ErasureSelection,
  { reached, createdAt, isImpatient }: State,
): Promise<Batch> {
  const isScormForgotten = await forgetScorm(tx, learner, createdAt);
  const { events, areLast } = await nextEvents(tx, learner, reached);
  const unfinished = { erased: 0, discarded: NOTHING, isComplete: false };
  // Their sessions are no longer known once the events that name the learner are erased.
  if ((await adoptEvents(tx, learner, events)) > 0) return { ...unfinished, reached: LOWEST_UUID };
  const { erased, discarded } = await eraseEvents(tx, learner.tenantId, events, {
    discards: waiting === 'discard' || isImpatient,
  });
  if (!areLast) return { ...unfinished, erased, discarded, reached: events.at(-1)!.id };
  const isComplete = isScormForgotten && !(await someEventsLeft(tx, learner));
  if (isComplete) await forgetRejections(tx, learner, createdAt);
  return { erased, discarded, reached: null, isComplete };
}

async function eraseEvents(
  tx: TenantTransaction,
  tenantId: string,
  events: readonly LearnerEvent[],
  { discards }: { discards: boolean },
): Promise<Pick<Batch, 'erased' | 'discarded'>> {
  const eventIds = events.map(({ id }) => id);
  await forgetFilterErrors(tx, tenantId, eventIds);
  const deliveries = await deliveriesOf(tx, eventIds);
  const deliveryIds = deliveries.map(({ id }) => id);
  const discarded = discards ? await discardWaiting(tx, deliveryIds) : NOTHING;
  const busy = await busyAmong(tx, deliveryIds);
  const busyEvents = new Set(deliveries.flatMap((each) => (busy.has(each.id) ? each.eventId : [])));
  const atRest = events.filter(({ id }) => !busyEvents.has(id));
  const theirs = deliveries.filter(({ eventId }) => !busyEvents.has(eventId));
  await buryEvents(
    tx,
    tenantId,
    atRest,
    theirs.map(({ id }) => id),
  );
  return { erased: atRest.length, discarded };
}

/**
 * Whoever comes round again rests first, for a tenth of the time that the erasure has run, between a second and a
 * minute: it waits for others.
 */
async function writeProgress(tx: TenantTransaction, id: string, batch: Batch): Promise<BatchRow> {
  const { erased, reached, isComplete } = batch;
  const rests = reached === null && !isComplete;
  const [row] = await tx.$queryRaw<[BatchRow]>`
    UPDATE operations SET reached = ${reached ?? LOWEST_UUID}::uuid, done = done + ${erased},
      total = CASE WHEN ${isComplete} THEN done + ${erased} ELSE greatest(total, done + ${erased}) END,
      status = CASE WHEN ${isComplete} THEN 'completed' ELSE status END,
      finished_at = CASE WHEN ${isComplete} THEN now() END,
      selection = CASE WHEN ${isComplete} THEN ${ENDED_SELECTION} ELSE selection END,
      worked_at = now() + CASE WHEN ${rests}
        THEN least(interval '1 minute', greatest(interval '1 second', (now() - created_at) / 10))
        ELSE interval '0' END
    WHERE id = ${id}::uuid
    RETURNING status, done, failed, NULL AS "webhookIds"`;
  return row;
}

async function recordErasure(
  tx: TenantTransaction,
  id: string,
  tenantId: string,
  { author, learnerId }: ErasureSelection,
  events: number,
): Promise<void> {
  await recordChange(tx, author, {
    tenantId,
    action: 'erasure.completed',
    resource: { kind: 'operation', id: toTypeId('operation', id) },
    after: { learnerId, events },
  });
}
