import type { BatchMember, Claim, ClaimedDelivery, ClaimRequest } from '@schoolbell/delivery';

/** A row of `CLAIM_BATCHES`: a batch, an event of one, or what there is to know about a webhook. */
export type ClaimedBatchRow = BatchRow | MemberRow | WebhookRow;

interface WebhookRow {
  /**
   * `more`: another batch may be ready at once. `sighted`: nothing that is collected was due before. `broken`: what
   * was collected long ago is collected anew.
   */
  kind: 'paced' | 'more' | 'collecting' | 'sighted' | 'broken';
  webhook_id: string;
  /** From now: when to claim again. Of `sighted`, Unix milliseconds; null for `more` and `broken`. */
  seconds: number | null;
}

interface BatchRow {
  kind: 'batch';
  id: string;
  webhook_id: string;
  tenant_id: string;
  version: number;
  attempt_count: number;
  cycle_failures: number;
  interruptions: number;
  taken_over: boolean;
  awaits_slot: boolean;
  /** From now until the batch may be sent, may have passed; null without a rate limit. */
  seconds: number | null;
}

interface MemberRow {
  kind: 'member';
  /** Of the batch. */
  id: string;
  position: number;
  delivery_id: string;
  event_id: string;
  type: string;
  /** Unix seconds, to the millisecond. */
  occurred_at: number;
  accepted_at: number;
  payload: string;
}

type ClaimedBatch = ClaimedDelivery & { interruptions: number };

/** What the claim says of webhooks, of one kind. */
export function webhooksOf(
  rows: readonly ClaimedBatchRow[],
  kind: WebhookRow['kind'],
): Claim['paced'] {
  return webhookRows(rows)
    .filter((row) => row.kind === kind)
    .map((row) => ({
      webhookId: row.webhook_id,
      againInMs: Math.max(1, Math.ceil((row.seconds ?? 0) * 1000)),
    }));
}

/** The batches that the rows describe, in any order. */
export function claimedBatches(rows: readonly ClaimedBatchRow[], leaseId: string): ClaimedBatch[] {
  const members = Map.groupBy(rows.filter(isMember), ({ id }) => id);
  return rows.filter(isBatch).flatMap((batch) => {
    const ofIt = members.get(batch.id);
    return ofIt ? [claimedBatch(batch, ofIt, leaseId)] : [];
  });
}

function claimedBatch(batch: BatchRow, rows: MemberRow[], leaseId: string): ClaimedBatch {
  const [first, ...others] = rows
    .sort((one, other) => one.position - other.position)
    .map((row) => memberOf(row, batch.tenant_id));
  return {
    id: batch.id,
    leaseId,
    webhookId: batch.webhook_id,
    webhookVersion: batch.version,
    event: first!.event,
    members: [first!, ...others],
    attemptNumber: batch.attempt_count + 1,
    cycleFailures: batch.cycle_failures,
    trigger: 'scheduled',
    test: false,
    ordered: false,
    takenOver: batch.taken_over,
    startInMs: Math.max(0, Math.ceil((batch.seconds ?? 0) * 1000)),
    awaitsSlot: batch.awaits_slot,
    interruptions: batch.interruptions,
  };
}

function memberOf(row: MemberRow, tenantId: string): BatchMember {
  return {
    deliveryId: row.delivery_id,
    event: {
      id: row.event_id,
      tenantId,
      type: row.type,
      occurredAt: dateOf(row.occurred_at),
      acceptedAt: dateOf(row.accepted_at),
      payload: row.payload,
    },
  };
}

/** A number is read in a fraction of the time that the text of a date takes. */
function dateOf(unixSeconds: number): Date {
  return new Date(Math.round(unixSeconds * 1000));
}

/** The rows that describe webhooks. */
export function webhookRows(rows: readonly ClaimedBatchRow[]): WebhookRow[] {
  return rows.filter((row) => !isBatch(row) && !isMember(row));
}

function isBatch(row: ClaimedBatchRow): row is BatchRow {
  return row.kind === 'batch';
}

function isMember(row: ClaimedBatchRow): row is MemberRow {
  return row.kind === 'member';
}

/** Webhooks that got a new batch, whose slots are all filled, or that the limit kept back: these first. */
export function webhooksWithMoreBatches(
  { slots, limit }: ClaimRequest,
  claimed: readonly ClaimedDelivery[],
  rows: readonly ClaimedBatchRow[],
): string[] {
  const later = new Set(webhooksOf(rows, 'paced').map(({ webhookId }) => webhookId));
  const more = new Set(webhooksOf(rows, 'more').map(({ webhookId }) => webhookId));
  const taken = Map.groupBy(claimed, ({ webhookId }) => webhookId);
  return slots
    .filter(({ webhookId }) => !later.has(webhookId))
    .filter(
      ({ webhookId, free }) =>
        claimed.length >= limit ||
        more.has(webhookId) ||
        (taken.get(webhookId)?.length ?? 0) >= free,
    )
    .map(({ webhookId }) => webhookId)
    .toSorted((one, other) => Number(taken.has(one)) - Number(taken.has(other)));
}
