import {
  UNSENDABLE_MESSAGES,
  type AttemptRecord,
  type Claim,
  type ClaimedDelivery,
  type ClaimRequest,
  type DeliveryStore,
  type RecordReport,
  type TakenSlots,
  type TurnedAway,
  type UnsendableReason,
  type WebhooksForSending,
} from '@schoolbell/delivery';
import { uuidV7 } from '@schoolbell/ids';
import type { QueryResultRow } from 'pg';
import type { Database } from '../../database/database.js';
import { batchParameters, withoutDetails } from './attempt-batch.js';
import { BURY, type BuryRow } from './bury.js';
import {
  CLAIM,
  CLAIM_AND_TAKE_OVER,
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
import { DISCARD, discardParameters, type DiscardRow } from './discard.js';
import {
  WEBHOOKS_PER_SWEEP,
  DISCARD_ORPHANS,
  DUE_TESTS,
  DUE_WEBHOOKS,
  type DueTestsRow,
  type DueWebhookRow,
} from './due-webhooks.js';
import {
  promoteFirsts,
  PROMOTE_FORGOTTEN,
  type OrderedSession,
  type PromotedRow,
} from '../../steps/promote.js';
import { isFaultyRow } from '../../database/database-fault.js';
import { LowWaterMarks } from './low-water-marks.js';
import { joinedReports, recordReport } from './record-report.js';
import { RECORD, RECORD_DELIVERED, RECORD_DISCARDED, type RecordRow } from './record.js';
import { RELEASE, releaseParameters } from './release.js';
import { Takeovers } from './takeovers.js';
import { EXTEND_LEASES, extendLeasesParameters } from '../extend-leases.js';
import { endLeases, webhooksOfLeases } from '../end-leases.js';
import { ServiceEpoch } from '../service-epoch.js';
import {
  isGivenBack,
  TAKE_SLOTS,
  takenSlots,
  takeSlotsParameters,
  type TakenSlotRow,
} from '../take-slots.js';
import { readWebhooks, WEBHOOK_SETTINGS, type WebhookSettingsRow } from './webhook-settings.js';
import { LOWEST_UUID } from '../../database/id-range.js';

/** A sweep looks at no more ordered sessions than this, which takes some 20 ms; the next one goes on from there. */
const SESSIONS_PER_SWEEP = 5_000;
const NOTHING_CLAIMED: Claim = {
  deliveries: [],
  withMore: [],
  paced: [],
  operationalEvents: false,
};
const NOTHING_RECORDED: RecordReport = {
  paused: [],
  lost: [],
  setAside: [],
  operationalEvents: false,
  fallbacksBegun: [],
};

/**
 * The dispatcher's store: each call is one prepared statement, whatever the number of rows.
 *
 * Locks are taken in the order webhooks, due_deliveries, deliveries; whoever else locks two of these does
 * it in the same order.
 */
export class PostgresDeliveryStore implements DeliveryStore {
  /** Where the next sweep begins. */
  private sweptTo = LOWEST_UUID;
  private promotedTo: OrderedSession = [LOWEST_UUID, ''];
  private readonly marks = new LowWaterMarks();
  private readonly takeovers = new Takeovers();
  private readonly epoch: ServiceEpoch;

  /** @param newLeaseId see `leaseIdsOf` */
  constructor(
    private readonly db: Database,
    private readonly newLeaseId: () => string = uuidV7,
  ) {
    this.epoch = new ServiceEpoch(db.dispatchPool);
  }

  async claim(request: ClaimRequest): Promise<Claim> {
    if (request.slots.length === 0) return NOTHING_CLAIMED;
    await this.epoch.afterOutage();
    const leaseId = this.newLeaseId();
    const webhookIds = request.slots.map(({ webhookId }) => webhookId);
    const marks = this.marks.forClaim(webhookIds);
    const expectedBefore = this.takeovers.expectedSoFar;
    const takesOver = marks.includes(null) || this.takeovers.mayBeIn(webhookIds);
    const [name, text] = takesOver
      ? ['claim_and_take_over', CLAIM_AND_TAKE_OVER]
      : ['claim', CLAIM];
    const found = await this.run<ClaimRow>(name, text, [
      ...claimParameters(request, leaseId),
      marks,
    ]);
    const rows = found.filter(isClaimed);
    this.marks.raise(rows);
    const paced = found.filter(isPaced).map(pacedWebhook);
    const unsendableTold = await this.bury('unsendable', rows, leaseId);
    const interruptedTold = await this.bury('interrupted', rows, leaseId);
    const whole = rows.filter((row) => !reasonOf(row));
    const freed = rows.filter((row) => row.ordered && reasonOf(row)).map((row) => row.webhook_id);
    const claim: Claim = {
      deliveries: whole.map((row) => claimedDelivery(row, leaseId)),
      withMore: [...new Set([...webhooksWithMore(request, rows, paced), ...freed])],
      paced,
      operationalEvents: unsendableTold || interruptedTold,
    };
    if (takesOver) this.takeovers.tookOver(request, claim, expectedBefore);
    return claim;
  }

  async takeSlots(claims: readonly ClaimedDelivery[]): Promise<TakenSlots> {
    const values = takeSlotsParameters(claims);
    const rows = await this.run<TakenSlotRow>('take_slots', TAKE_SLOTS, values);
    // The next claim must find them, without a sweep in between.
    for (const row of rows) if (isGivenBack(row)) this.marks.lower(row.webhook_id, row.due_at);
    return takenSlots(rows);
  }

  async webhooksForSending(webhookIds: readonly string[]): Promise<WebhooksForSending> {
    const rows = await this.run<WebhookSettingsRow>('webhook_settings', WEBHOOK_SETTINGS, [
      webhookIds,
    ]);
    return readWebhooks(rows, this.db.secretBox);
  }

  async record(attempts: readonly AttemptRecord[]): Promise<RecordReport> {
    if (attempts.length === 0) return NOTHING_RECORDED;
    try {
      return await this.recordBatch(attempts);
    } catch (error) {
      if (isFaultyRow(error)) return this.recordInHalves(attempts);
      await this.epoch.recordFailed(error);
      throw error;
    }
  }

  async extendLeases(claims: readonly ClaimedDelivery[], leaseSeconds: number): Promise<void> {
    if (claims.length === 0) return;
    const values = extendLeasesParameters(claims, leaseSeconds);
    await this.run('extend_leases', EXTEND_LEASES, values);
  }

  async release(claims: readonly { claimed: ClaimedDelivery; sent: boolean }[]): Promise<void> {
    if (claims.length === 0) return;
    await this.run('release', RELEASE, releaseParameters(claims, uuidV7));
  }

  async discard(turnedAway: readonly TurnedAway[]): Promise<void> {
    if (turnedAway.length === 0) return;
    const [row] = await this.run<DiscardRow>('discard', DISCARD, discardParameters(turnedAway));
    await this.promote(row?.sessions);
  }

  /** Ends the leases of a dead dispatcher. @returns webhooks that have work again */
  async endLeasesOf(holder: string): Promise<string[]> {
    const ended = await endLeases(this.db, 'end_leases', holder);
    for (const row of ended) {
      this.marks.lower(row.webhook_id, row.due_at);
      this.takeovers.expectIn(row.webhook_id);
    }
    return webhooksOfLeases(ended);
  }

  async webhooksWithDueDeliveries(limit: number): Promise<string[]> {
    await this.epoch.notice();
    await this.promoteForgotten();
    const tests = await this.run<DueTestsRow>('due_tests', DUE_TESTS, [limit]);
    const others = await this.sweep(limit);
    await this.discardOrphans([...tests, ...others]);
    const found = [...tests, ...others].filter(({ deleted }) => !deleted);
    for (const { webhook_id: id } of found) this.takeovers.expectIn(id);
    return [...new Set(found.map((row) => row.webhook_id))];
  }

  /** @returns whether operational events about these deaths were stored */
  private async bury(
    reason: UnsendableReason,
    rows: readonly ClaimedRow[],
    leaseId: string,
  ): Promise<boolean> {
    const ids = rows.filter((row) => reasonOf(row) === reason).map((row) => row.delivery_id);
    if (ids.length === 0) return false;
    const [row] = await this.run<BuryRow>('bury', BURY, [
      ids,
      leaseId,
      reason,
      UNSENDABLE_MESSAGES[reason],
    ]);
    await this.promote(row?.sessions);
    return row?.operational_events ?? false;
  }

  private async sweep(limit: number): Promise<FoundWebhook[]> {
    const rows = await this.run<DueWebhookRow>('due_webhooks', DUE_WEBHOOKS, [
      this.sweptTo,
      limit,
      WEBHOOKS_PER_SWEEP,
    ]);
    const found = rows.filter(isFound);
    const ids = found.map((row) => row.webhook_id);
    const reached = found.length < limit ? rows[0]!.looked_to : highest(ids);
    this.sweptTo = reached ?? LOWEST_UUID;
    for (const { webhook_id: id, due_at: dueAt } of found) {
      if (dueAt !== null) this.marks.lower(id, dueAt);
    }
    return found;
  }

  private async discardOrphans(found: readonly DueTestsRow[]): Promise<void> {
    const deleted = new Set(found.filter((row) => row.deleted).map((row) => row.webhook_id));
    if (deleted.size > 0) await this.run('discard_orphans', DISCARD_ORPHANS, [[...deleted]]);
  }

  private async promote(sessions: readonly OrderedSession[] | null | undefined): Promise<void> {
    await promoteFirsts(this.db.dispatchPool, sessions ?? [], { attemptIsOver: true });
  }

  private async promoteForgotten(): Promise<void> {
    const values = [...this.promotedTo, SESSIONS_PER_SWEEP];
    const [row] = await this.run<PromotedRow>('promote_forgotten', PROMOTE_FORGOTTEN, values);
    this.promotedTo = [row?.webhook_id ?? LOWEST_UUID, row?.ordering_key ?? ''];
  }

  private async recordBatch(attempts: readonly AttemptRecord[]): Promise<RecordReport> {
    const [name, text] = attempts.every(({ verdict }) => verdict.kind === 'delivered')
      ? ['record_delivered', RECORD_DELIVERED]
      : ['record', RECORD];
    const [row] = await this.run<RecordRow>(name, text, batchParameters(attempts));
    const report = recordReport(row, attempts);
    const unwritten = new Set(report.lost);
    const lost = await this.recordDiscarded(
      attempts.filter(({ claimed }) => unwritten.has(claimed.id)),
    );
    await this.promote(row?.sessions);
    return { ...report, lost };
  }

  /** @returns the deliveries that were not discarded either, because another dispatcher has them */
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
   * For a batch with an attempt that cannot be stored: the others must not fail with it. That attempt itself is
   * recorded without the receiver's answer, so that its delivery still moves on.
   */
  private async recordInHalves(attempts: readonly AttemptRecord[]): Promise<RecordReport> {
    if (attempts.length === 1) return this.recordBatch(attempts.map(withoutDetails));
    const middle = attempts.length >> 1;
    const first = await this.record(attempts.slice(0, middle));
    const second = await this.record(attempts.slice(middle));
    return joinedReports([first, second]);
  }

  private run<Row extends QueryResultRow>(
    name: string,
    text: string,
    values: unknown[],
  ): Promise<Row[]> {
    return this.epoch.run<Row>({ name, text, values });
  }
}

type FoundWebhook = DueWebhookRow & DueTestsRow;

function isFound(row: DueWebhookRow): row is FoundWebhook {
  return row.webhook_id !== null;
}

function highest(ids: readonly string[]): string {
  return ids.reduce((one, other) => (other > one ? other : one));
}
