import {
  UNSENDABLE_MESSAGES,
  unsendableReason,
  type AttemptRecord,
  type Claim,
  type ClaimedDelivery,
  type ClaimRequest,
  type DeliveryStore,
  type RecordReport,
  type TakenSlots,
  type TurnedAway,
  type WebhooksForSending,
} from '@schoolbell/delivery';
import { uuidV7 } from '@schoolbell/ids';
import type { QueryResultRow } from 'pg';
import { isFaultyRow } from '../../database/database-fault.js';
import type { Database } from '../../database/database.js';
import { LOWEST_UUID } from '../../database/id-range.js';
import { sql } from '../../steps/statement.js';
import { sendsBatches } from '../../steps/predicates.js';
import { joinedReports, recordReport } from '../deliveries/record-report.js';
import { batchParameters, withoutDetails } from '../deliveries/attempt-batch.js';
import { claimParameters } from '../deliveries/claim.js';
import { LowWaterMarks } from '../deliveries/low-water-marks.js';
import { DISCARD_ORPHANS } from '../deliveries/due-webhooks.js';
import { releaseParameters } from '../deliveries/release.js';
import {
  readWebhooks,
  WEBHOOK_SETTINGS,
  type WebhookSettingsRow,
} from '../deliveries/webhook-settings.js';
import { EXTEND_BATCH_LEASES, extendLeasesParameters } from '../extend-leases.js';
import { endLeases, webhooksOfLeases } from '../end-leases.js';
import { lostLeases } from '../lost-leases.js';
import { ServiceEpoch } from '../service-epoch.js';
import { UnansweredClaims, type GivenBack } from '../unanswered-claims.js';
import {
  TAKE_BATCH_SLOTS,
  takenSlots,
  takeSlotsParameters,
  type TakenSlotRow,
} from '../take-slots.js';
import { BURY_BATCHES } from './bury-batches.js';
import { CLAIM_BATCHES } from './claim-batches.js';
import {
  claimedBatches,
  webhookRows,
  webhooksOf,
  webhooksWithMoreBatches,
  type ClaimedBatchRow,
} from './claimed-batch.js';
import {
  BREAK_UP_BATCHES,
  DISCARD_BATCHES,
  DUE_BATCHES,
  RELEASE_COLLECTED,
  WEBHOOKS_PER_SWEEP,
  type DueBatchesRow,
} from './due-batches.js';
import { RECORD_BATCH_FAILURES, RECORD_BATCHES, type RecordBatchesRow } from './record-batches.js';
import { RELEASE_BATCHES } from './release-batches.js';
import { SCATTER_BATCHES } from './scatter-batches.js';
import { SIFT_BATCHES, siftParameters } from './sift-batches.js';

/** Each has up to a hundred deliveries. */
const BATCHES_PER_CLAIM = 20;

/** Of `$1` webhook ids, those that send batches. */
const BATCH_WEBHOOKS = sql`
SELECT w.id FROM webhooks w
WHERE w.id = ANY ($1::uuid[]) AND w.deleted_at IS NULL AND ${sendsBatches('w')}`;

const NOTHING_CLAIMED: Claim = {
  deliveries: [],
  withMore: [],
  paced: [],
  operationalEvents: false,
};

/**
 * Batches of deliveries, for a pipeline like that of single deliveries: what it claims is a batch, with the
 * deliveries in it as `members`.
 *
 * Locks are taken in the order webhooks, batches, due_deliveries, deliveries.
 */
export class PostgresBatchStore implements DeliveryStore {
  /** Where the next sweep begins. */
  private sweptTo = LOWEST_UUID;
  /**
   * Whether the previous claim got as many as a claim may: then most webhooks have a batch ready, and the next claim
   * names only as many webhooks as it can give one to.
   */
  private lastWasFull = false;
  private readonly marks = new LowWaterMarks();
  private readonly epoch: ServiceEpoch;
  private readonly unanswered: UnansweredClaims;

  /** @param newLeaseId see `leaseIdsOf` */
  constructor(
    private readonly db: Database,
    private readonly newLeaseId: () => string = uuidV7,
  ) {
    this.epoch = new ServiceEpoch(db.dispatchPool);
    this.unanswered = new UnansweredClaims(db, 'held_batch_leases');
  }

  async claim(request: ClaimRequest): Promise<Claim> {
    if (request.slots.length === 0) return NOTHING_CLAIMED;
    await this.epoch.afterOutage();
    const leaseId = this.newLeaseId();
    return this.unanswered.under(leaseId, () => this.claimUnder(leaseId, request));
  }

  async takeSlots(claims: readonly ClaimedDelivery[]): Promise<TakenSlots> {
    const values = takeSlotsParameters(claims);
    return takenSlots(await this.run<TakenSlotRow>('take_batch_slots', TAKE_BATCH_SLOTS, values));
  }

  /** Of these webhooks, those that send batches. */
  async sendingBatches(webhookIds: readonly string[]): Promise<string[]> {
    const values = [webhookIds];
    const rows = await this.run<{ id: string }>('batch_webhooks', BATCH_WEBHOOKS, values);
    return rows.map(({ id }) => id);
  }

  async webhooksForSending(webhookIds: readonly string[]): Promise<WebhooksForSending> {
    const values = [webhookIds];
    const rows = await this.run<WebhookSettingsRow>('webhook_settings', WEBHOOK_SETTINGS, values);
    return readWebhooks(rows, this.db.secretBox);
  }

  async record(attempts: readonly AttemptRecord[]): Promise<RecordReport> {
    for (const attempt of attempts) assertCanSplit(attempt);
    try {
      return await this.recordAll(attempts);
    } catch (error) {
      if (isFaultyRow(error)) return this.recordOneByOne(attempts);
      await this.epoch.recordFailed(error);
      throw error;
    }
  }

  async extendLeases(claims: readonly ClaimedDelivery[], leaseSeconds: number): Promise<void> {
    if (claims.length === 0) return;
    const values = extendLeasesParameters(claims, leaseSeconds);
    await this.run('extend_batch_leases', EXTEND_BATCH_LEASES, values);
  }

  async release(claims: readonly GivenBack[]): Promise<void> {
    if (claims.length === 0) return;
    await this.run('release_batches', RELEASE_BATCHES, releaseParameters(claims, uuidV7));
  }

  /** The rest of a batch stays claimed. */
  async discard(turnedAway: readonly TurnedAway[]): Promise<void> {
    if (turnedAway.length > 0)
      await this.run('sift_batches', SIFT_BATCHES, siftParameters(turnedAway));
  }

  /** Ends the leases of a dead dispatcher. @returns webhooks that have work again */
  async endLeasesOf(holder: string): Promise<string[]> {
    const ended = await endLeases(this.db, 'end_batch_leases', holder);
    return webhooksOfLeases(ended);
  }

  async webhooksWithDueDeliveries(limit: number): Promise<string[]> {
    await this.epoch.notice();
    const given = webhooksOfLeases(await this.unanswered.giveBack((held) => this.release(held)));
    const rows = await this.run<DueBatchesRow>('due_batches', DUE_BATCHES, [
      this.sweptTo,
      limit,
      WEBHOOKS_PER_SWEEP,
    ]);
    const found = rows.filter((row) => row.webhook_id !== null);
    const idsWhere = (isSo: (row: DueBatchesRow) => boolean): string[] =>
      found.filter(isSo).map((row) => row.webhook_id!);
    for (const { webhook_id: id, oldest } of found) {
      if (oldest !== null) this.marks.lower(id!, oldest);
    }
    const reached = found.length < limit ? rows[0]!.looked_to : found.at(-1)!.webhook_id;
    this.sweptTo = reached ?? LOWEST_UUID;
    await this.discardDeleted(idsWhere(({ deleted }) => deleted!));
    await this.releaseCollected(idsWhere(({ deleted, single }) => !deleted && single!));
    const due = idsWhere(({ deleted, single }) => !deleted && !single);
    return [...new Set([...given, ...due])];
  }

  private async claimUnder(leaseId: string, request: ClaimRequest): Promise<Claim> {
    const limit = Math.min(request.limit, BATCHES_PER_CLAIM);
    const most = this.lastWasFull ? BATCHES_PER_CLAIM : request.slots.length;
    const slots = request.slots.slice(0, most);
    const asked = { ...request, slots, limit };
    const rows = await this.run<ClaimedBatchRow>('claim_batches', CLAIM_BATCHES, [
      ...claimParameters(asked, leaseId),
      this.marks.forClaim(slots.map(({ webhookId }) => webhookId)),
    ]);
    this.moveMarks(rows);
    const claimed = claimedBatches(rows, leaseId);
    this.lastWasFull = claimed.length >= BATCHES_PER_CLAIM;
    const isInterrupted = ({ interruptions }: { interruptions: number }): boolean =>
      unsendableReason({ eventPruned: false, interruptions }) !== undefined;
    const interrupted = claimed.filter(isInterrupted);
    const buried = interrupted.filter((batch) => !hasSeveral(batch)).length;
    return {
      deliveries: claimed.filter((batch) => !isInterrupted(batch)),
      withMore: [
        ...request.slots.slice(most).map(({ webhookId }) => webhookId),
        ...webhooksWithMoreBatches(asked, claimed, rows),
      ],
      paced: webhooksOf(rows, 'paced'),
      collecting: webhooksOf(rows, 'collecting'),
      ...(buried > 0 && { buried: { interrupted: buried } }),
      operationalEvents: await this.giveUp(interrupted, leaseId),
    };
  }

  private async discardDeleted(deleted: readonly string[]): Promise<void> {
    if (deleted.length === 0) return;
    await this.run('discard_orphans', DISCARD_ORPHANS, [deleted]);
    await this.run('discard_batches', DISCARD_BATCHES, [deleted]);
  }

  private async releaseCollected(single: readonly string[]): Promise<void> {
    if (single.length === 0) return;
    await this.run('break_up_batches', BREAK_UP_BATCHES, [single]);
    await this.run('release_collected', RELEASE_COLLECTED, [single]);
  }

  private moveMarks(rows: readonly ClaimedBatchRow[]): void {
    const known = webhookRows(rows);
    for (const { kind, webhook_id, seconds } of known) {
      if (kind === 'sighted') this.marks.raise([{ webhook_id, looked_to: seconds }]);
    }
    for (const { kind, webhook_id: id } of known) if (kind === 'broken') this.marks.lower(id, 0);
  }

  /**
   * Their attempts were cut off too often: a delivery that is alone in its batch is dead, others are tried alone.
   *
   * @returns whether operational events about these deaths were stored
   */
  private async giveUp(batches: readonly ClaimedDelivery[], leaseId: string): Promise<boolean> {
    const [several, alone] = [batches.filter(hasSeveral), batches.filter((b) => !hasSeveral(b))];
    if (several.length > 0) {
      const values = [several.map(({ id }) => id), leaseId];
      await this.run('scatter_batches', SCATTER_BATCHES, values);
    }
    return alone.length > 0 && (await this.bury(alone, leaseId));
  }

  private async bury(batches: readonly ClaimedDelivery[], leaseId: string): Promise<boolean> {
    const values = [
      batches.map(({ id }) => id),
      leaseId,
      'interrupted',
      UNSENDABLE_MESSAGES.interrupted,
    ];
    const [row] = await this.run<{ operational_events: boolean }>(
      'bury_batches',
      BURY_BATCHES,
      values,
    );
    return row?.operational_events ?? false;
  }

  private async recordAll(attempts: readonly AttemptRecord[]): Promise<RecordReport> {
    const [name, text] = attempts.some(({ verdict }) => verdict.kind !== 'delivered')
      ? ['record_batch_failures', RECORD_BATCH_FAILURES]
      : ['record_batches', RECORD_BATCHES];
    const [row] = await this.run<RecordBatchesRow>(name, text, batchParameters(attempts));
    const report = recordReport(row, attempts);
    if (report.lost.length === 0) return report;
    const unwritten = attempts.filter(({ claimed }) => report.lost.includes(claimed.id));
    return { ...report, lost: await lostLeases(this.epoch, unwritten) };
  }

  /** These are few. The attempt that cannot be stored is recorded without the receiver's answer. */
  private async recordOneByOne(attempts: readonly AttemptRecord[]): Promise<RecordReport> {
    const reports: RecordReport[] = [];
    for (const attempt of attempts) {
      reports.push(
        await this.recordAll([attempt]).catch((error: unknown) => {
          if (!isFaultyRow(error)) throw error;
          return this.recordAll([withoutDetails(attempt)]);
        }),
      );
    }
    return joinedReports(reports);
  }

  private run<Row extends QueryResultRow>(
    name: string,
    text: string,
    values: unknown[],
  ): Promise<Row[]> {
    return this.epoch.run<Row>({ name, text, values });
  }
}

function hasSeveral({ members }: ClaimedDelivery): boolean {
  return members !== undefined && members.length > 1;
}

/** @throws Error for a batch of one, which has no halves: whoever judged it has a bug */
function assertCanSplit({ verdict, claimed }: AttemptRecord): void {
  if (verdict.kind === 'split' && !hasSeveral(claimed))
    throw new Error(`Batch ${claimed.id} cannot be split: it has one delivery.`);
}
