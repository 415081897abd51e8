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
import { promoteFirsts, type OrderedSession } from '../../steps/promote.js';
import { AttemptRecording } from './attempt-recording.js';
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
import { DeliverySweep } from './delivery-sweep.js';
import { DISCARD, discardParameters, type DiscardRow } from './discard.js';
import { LowWaterMarks } from './low-water-marks.js';
import { RELEASE, releaseParameters } from './release.js';
import { Takeovers } from './takeovers.js';
import { EXTEND_LEASES, extendLeasesParameters } from '../extend-leases.js';
import { endLeases, webhooksOfLeases } from '../end-leases.js';
import { ServiceEpoch } from '../service-epoch.js';
import { UnansweredClaims, type GivenBack } from '../unanswered-claims.js';
import {
  isGivenBack,
  TAKE_SLOTS,
  takenSlots,
  takeSlotsParameters,
  type TakenSlotRow,
} from '../take-slots.js';
import { readWebhooks, WEBHOOK_SETTINGS, type WebhookSettingsRow } from './webhook-settings.js';

const NOTHING_CLAIMED: Claim = {
  deliveries: [],
  withMore: [],
  paced: [],
  operationalEvents: false,
};

/**
 * The dispatcher's store: each call is one prepared statement, whatever the number of rows.
 *
 * Locks are taken in the order webhooks, due_deliveries, deliveries; whoever else locks two of these does
 * it in the same order.
 */
export class PostgresDeliveryStore implements DeliveryStore {
  private readonly marks = new LowWaterMarks();
  private readonly takeovers = new Takeovers();
  private readonly epoch: ServiceEpoch;
  private readonly recording: AttemptRecording;
  private readonly sweep: DeliverySweep;
  private readonly unanswered: UnansweredClaims;

  /** @param newLeaseId see `leaseIdsOf` */
  constructor(
    private readonly db: Database,
    private readonly newLeaseId: () => string = uuidV7,
  ) {
    this.epoch = new ServiceEpoch(db.dispatchPool);
    this.recording = new AttemptRecording(this.epoch, db.dispatchPool);
    this.sweep = new DeliverySweep(this.epoch, this.marks);
    this.unanswered = new UnansweredClaims(db, 'held_leases');
  }

  async claim(request: ClaimRequest): Promise<Claim> {
    if (request.slots.length === 0) return NOTHING_CLAIMED;
    await this.epoch.afterOutage();
    const leaseId = this.newLeaseId();
    return this.unanswered.under(leaseId, () => this.claimUnder(leaseId, request));
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

  record(attempts: readonly AttemptRecord[]): Promise<RecordReport> {
    return this.recording.record(attempts);
  }

  async extendLeases(claims: readonly ClaimedDelivery[], leaseSeconds: number): Promise<void> {
    if (claims.length === 0) return;
    const values = extendLeasesParameters(claims, leaseSeconds);
    await this.run('extend_leases', EXTEND_LEASES, values);
  }

  async release(claims: readonly GivenBack[]): Promise<void> {
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
    const given = await this.unanswered.giveBack((held) => this.release(held));
    for (const row of given) this.marks.lower(row.webhook_id, row.due_at);
    const found = await this.sweep.next(limit);
    for (const id of found) this.takeovers.expectIn(id);
    return [...new Set([...webhooksOfLeases(given), ...found])];
  }

  private async claimUnder(leaseId: string, request: ClaimRequest): Promise<Claim> {
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
      ...buriedOf(rows),
      operationalEvents: unsendableTold || interruptedTold,
    };
    if (takesOver) this.takeovers.tookOver(request, claim, expectedBefore);
    return claim;
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

  private async promote(sessions: readonly OrderedSession[] | null | undefined): Promise<void> {
    await promoteFirsts(this.db.dispatchPool, sessions ?? [], { attemptIsOver: true });
  }

  private run<Row extends QueryResultRow>(
    name: string,
    text: string,
    values: unknown[],
  ): Promise<Row[]> {
    return this.epoch.run<Row>({ name, text, values });
  }
}

function buriedOf(rows: readonly ClaimedRow[]): Pick<Claim, 'buried'> {
  const buried: Partial<Record<UnsendableReason, number>> = {};
  for (const reason of rows.flatMap((row) => (row.test ? [] : (reasonOf(row) ?? [])))) {
    buried[reason] = (buried[reason] ?? 0) + 1;
  }
  return Object.keys(buried).length > 0 ? { buried } : {};
}
