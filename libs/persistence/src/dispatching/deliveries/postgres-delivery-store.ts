import {
  UNSENDABLE_MESSAGES,
  uuidV7,
  type AttemptRecord,
  type Claim,
  type ClaimedDelivery,
  type ClaimRequest,
  type DeliveryStore,
  type RecordReport,
  type UnsendableReason,
  type WebhooksForSending,
} from '@schoolbell/delivery';
import type { QueryResultRow } from 'pg';
import type { Database } from '../../database/database.js';
import { batchParameters, withoutDetails } from './attempt-batch.js';
import { BURY, type BuryRow } from './bury.js';
import {
  CLAIM,
  claimedDelivery,
  claimParameters,
  isClaimed,
  isPaced,
  pacedWebhook,
  reasonOf,
  webhooksWithMore,
  type ClaimedRow,
  type ClaimRow,
} from './claim.js';
import {
  WEBHOOKS_PER_SWEEP,
  DISCARD_ORPHANS,
  DUE_TESTS,
  DUE_WEBHOOKS,
  type DueWebhookRow,
} from './due-webhooks.js';
import { webhooksToWake } from '../../steps/operational-events.js';
import { isFaultyRow } from '../../database/postgres-errors.js';
import { RECORD, RECORD_DISCARDED, RECORD_FAILURES, type RecordRow } from './record.js';
import { RELEASE, releaseParameters } from './release.js';
import { runPrepared } from '../../database/run-prepared.js';
import { readWebhooks, WEBHOOK_SETTINGS, type WebhookSettingsRow } from './webhook-settings.js';

const LOWEST_UUID = '00000000-0000-0000-0000-000000000000';
const NOTHING: RecordReport = { paused: [], lost: [], webhooksToWake: [], fallbacksBegun: [] };

/**
 * The dispatcher's store: each call is one prepared statement, whatever the number of rows.
 *
 * Locks are taken in the order webhooks, due_deliveries, deliveries; whoever else locks two of these does
 * it in the same order.
 */
export class PostgresDeliveryStore implements DeliveryStore {
  /** Where the next sweep begins. */
  #sweptTo = LOWEST_UUID;

  constructor(private readonly db: Database) {}

  async claim(request: ClaimRequest): Promise<Claim> {
    if (request.slots.length === 0) return { deliveries: [], withMore: [], paced: [] };
    const leaseId = uuidV7();
    const found = await this.run<ClaimRow>('claim', CLAIM, claimParameters(request, leaseId));
    const rows = found.filter(isClaimed);
    const paced = found.filter(isPaced).map(pacedWebhook);
    const toWake = [
      ...(await this.bury('unsendable', rows, leaseId)),
      ...(await this.bury('interrupted', rows, leaseId)),
    ];
    const whole = rows.filter((row) => !reasonOf(row));
    const freed = rows.filter((row) => row.ordered && reasonOf(row)).map((row) => row.webhook_id);
    return {
      deliveries: whole.map((row) => claimedDelivery(row, leaseId)),
      withMore: [...new Set([...webhooksWithMore(request, rows, paced), ...toWake, ...freed])],
      paced,
    };
  }

  async webhooksForSending(webhookIds: readonly string[]): Promise<WebhooksForSending> {
    const rows = await this.run<WebhookSettingsRow>('webhook_settings', WEBHOOK_SETTINGS, [
      webhookIds,
    ]);
    return readWebhooks(rows, this.db.secretBox);
  }

  async record(attempts: readonly AttemptRecord[]): Promise<RecordReport> {
    if (attempts.length === 0) return NOTHING;
    try {
      return await this.recordBatch(attempts);
    } catch (error) {
      if (!isFaultyRow(error)) throw error;
      return this.recordInHalves(attempts);
    }
  }

  async release(claims: readonly { claimed: ClaimedDelivery; sent: boolean }[]): Promise<void> {
    if (claims.length === 0) return;
    await this.run('release', RELEASE, releaseParameters(claims, uuidV7));
  }

  async webhooksWithDueDeliveries(limit: number): Promise<string[]> {
    const tests = await this.run<{ webhook_id: string }>('due_tests', DUE_TESTS, [limit]);
    const others = await this.sweep(limit);
    return [...new Set([...tests.map((row) => row.webhook_id), ...others])];
  }

  /** @returns the webhooks that got an operational event about these deaths */
  private async bury(
    reason: UnsendableReason,
    rows: readonly ClaimedRow[],
    leaseId: string,
  ): Promise<string[]> {
    const ids = rows.filter((row) => reasonOf(row) === reason).map((row) => row.delivery_id);
    if (ids.length === 0) return [];
    const [row] = await this.run<BuryRow>('bury', BURY, [
      ids,
      leaseId,
      reason,
      UNSENDABLE_MESSAGES[reason],
    ]);
    return webhooksToWake(row?.webhooks_to_wake);
  }

  private async sweep(limit: number): Promise<string[]> {
    const rows = await this.run<DueWebhookRow>('due_webhooks', DUE_WEBHOOKS, [
      this.#sweptTo,
      limit,
      WEBHOOKS_PER_SWEEP,
    ]);
    const found = rows.flatMap((row) => row.webhook_id ?? []);
    const reached = found.length < limit ? rows[0]!.looked_to : highest(found);
    this.#sweptTo = reached ?? LOWEST_UUID;
    const deleted = rows.filter((row) => row.deleted).map((row) => row.webhook_id!);
    if (deleted.length === 0) return found;
    await this.run('discard_orphans', DISCARD_ORPHANS, [deleted]);
    return found.filter((id) => !deleted.includes(id));
  }

  private async recordBatch(attempts: readonly AttemptRecord[]): Promise<RecordReport> {
    const [name, text] = attempts.some(canEndMore)
      ? ['record_failures', RECORD_FAILURES]
      : ['record', RECORD];
    const [row] = await this.run<RecordRow>(name, text, batchParameters(attempts));
    const recorded = new Set(row?.recorded?.split(',').map(Number));
    const missed = attempts.filter((_attempt, index) => !recorded.has(index + 1));
    const lost = await this.recordDiscarded(missed);
    return {
      paused: row?.paused ?? [],
      lost,
      webhooksToWake: webhooksToWake(row?.webhooks_to_wake),
      fallbacksBegun: row?.fallbacks_begun?.split(',') ?? [],
    };
  }

  /** @returns the deliveries that were not discarded either: another dispatcher has them */
  private async recordDiscarded(attempts: readonly AttemptRecord[]): Promise<string[]> {
    if (attempts.length === 0) return [];
    const rows = await this.run<{ delivery_id: string }>(
      'record_discarded',
      RECORD_DISCARDED,
      batchParameters(attempts),
    );
    const written = new Set(rows.map((row) => row.delivery_id));
    return attempts.map(({ claimed }) => claimed.id).filter((id) => !written.has(id));
  }

  /**
   * For a batch with an attempt that cannot be stored: the others must not go down with it. The one itself
   * is recorded without what the receiver said, so that its delivery still moves on.
   */
  private async recordInHalves(attempts: readonly AttemptRecord[]): Promise<RecordReport> {
    if (attempts.length === 1) return this.recordBatch(attempts.map(withoutDetails));
    const middle = attempts.length >> 1;
    const first = await this.record(attempts.slice(0, middle));
    const second = await this.record(attempts.slice(middle));
    return {
      paused: [...first.paused, ...second.paused],
      lost: [...first.lost, ...second.lost],
      webhooksToWake: [...new Set([...first.webhooksToWake, ...second.webhooksToWake])],
      fallbacksBegun: [...new Set([...first.fallbacksBegun, ...second.fallbacksBegun])],
    };
  }

  private run<Row extends QueryResultRow>(
    name: string,
    text: string,
    values: unknown[],
  ): Promise<Row[]> {
    return runPrepared<Row>(this.db.dispatchPool, { name, text, values });
  }
}

/** Whether an attempt can pause its webhook or dead-letter its delivery. */
function canEndMore({ verdict, claimed }: AttemptRecord): boolean {
  return verdict.kind !== 'delivered' && !claimed.test;
}

function highest(ids: readonly string[]): string {
  return ids.reduce((one, other) => (other > one ? other : one));
}
