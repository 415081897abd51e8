import type { Claim, ClaimedDelivery, ClaimRequest } from '@schoolbell/delivery';

/** A row of `CLAIM_BATCHES`: an event of a batch, or what there is to know about a webhook. */
export type ClaimedBatchRow = ClaimedMemberRow | WebhookRow;

interface WebhookRow {
  /**
   * `more`: another batch may be there at once. `sighted`: nothing that is collected was due before. `broken`: what
   * was collected long ago is collected anew.
   */
  kind: 'paced' | 'more' | 'collecting' | 'sighted' | 'broken';
  webhook_id: string;
  /** From now: when to claim again. Of `sighted`, Unix milliseconds; null for `more` and `broken`. */
  seconds: number | null;
}

export interface ClaimedMemberRow {
  kind: 'member';
  /** Of the batch. */
  id: string;
  webhook_id: string;
  version: number;
  attempt_count: number;
  cycle_failures: number;
  interruptions: number;
  taken_over: boolean;
  position: number;
  delivery_id: string;
  event_id: string;
  tenant_id: string;
  type: string;
  occurred_at: Date;
  accepted_at: Date;
  payload: string;
  awaits_slot: boolean;
  /** From now until the batch may be sent, may have passed; null without a rate limit. */
  seconds: number | null;
}

export function isMember(row: ClaimedBatchRow): row is ClaimedMemberRow {
  return row.kind === 'member';
}

/** What the claim says of webhooks, of one kind. */
export function webhooksOf(
  rows: readonly ClaimedBatchRow[],
  kind: WebhookRow['kind'],
): Claim['paced'] {
  return rows
    .filter((row) => row.kind === kind)
    .map((row) => ({
      webhookId: row.webhook_id,
      againInMs: Math.max(1, Math.ceil((row.seconds ?? 0) * 1000)),
    }));
}

/** @param rows the members of one batch, in any order; at least one */
export function claimedBatch(
  rows: readonly ClaimedMemberRow[],
  leaseId: string,
): ClaimedDelivery & { interruptions: number } {
  const [first, ...others] = rows
    .toSorted((one, other) => one.position - other.position)
    .map((row) => ({
      deliveryId: row.delivery_id,
      event: {
        id: row.event_id,
        tenantId: row.tenant_id,
        type: row.type,
        occurredAt: row.occurred_at,
        acceptedAt: row.accepted_at,
        payload: row.payload,
      },
    }));
  const [batch] = rows;
  return {
    id: batch!.id,
    leaseId,
    webhookId: batch!.webhook_id,
    webhookVersion: batch!.version,
    event: first!.event,
    members: [first!, ...others],
    attemptNumber: batch!.attempt_count + 1,
    cycleFailures: batch!.cycle_failures,
    trigger: 'scheduled',
    test: false,
    ordered: false,
    takenOver: batch!.taken_over,
    startInMs: Math.max(0, Math.ceil((batch!.seconds ?? 0) * 1000)),
    awaitsSlot: batch!.awaits_slot,
    interruptions: batch!.interruptions,
  };
}

/** Webhooks that got a new batch, whose slots are all filled, or that the limit kept back. */
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
    .map(({ webhookId }) => webhookId);
}
