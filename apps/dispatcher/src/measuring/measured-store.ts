import type {
  AttemptRecord,
  Claim,
  ClaimedDelivery,
  ClaimRequest,
  DeliveryStore,
  RecordReport,
  TakenSlots,
  TurnedAway,
  WebhooksForSending,
} from '@schoolbell/delivery';
import type { AttemptCounts } from './attempt-counts.js';
import type { AttemptSpans } from './attempt-spans.js';
import type { PipelineMeasures } from './pipeline-measures.js';

/** Counts what a store is asked and answers, and tells of attempts where somebody collects traces. */
export class MeasuredStore implements DeliveryStore {
  constructor(
    private readonly store: DeliveryStore,
    private readonly measures: PipelineMeasures,
    private readonly counts: AttemptCounts,
    private readonly spans?: AttemptSpans,
  ) {}

  async claim(request: ClaimRequest): Promise<Claim> {
    const startedAt = performance.now();
    try {
      const claim = await this.store.claim(request);
      this.measures.claimed(claim.deliveries.length, performance.now() - startedAt);
      this.counts.claimed(this.measures.pipeline, claim);
      return claim;
    } catch (error) {
      this.measures.failed('claim');
      throw error;
    }
  }

  async record(attempts: readonly AttemptRecord[]): Promise<RecordReport> {
    const startedAt = performance.now();
    try {
      const report = await this.store.record(attempts);
      this.measures.recorded(attempts.length, performance.now() - startedAt);
      this.counts.recorded(this.measures.pipeline, attempts, report);
      this.spans?.recorded(attempts, report);
      return report;
    } catch (error) {
      this.measures.failed('record');
      throw error;
    }
  }

  async release(claims: readonly { claimed: ClaimedDelivery; sent: boolean }[]): Promise<void> {
    await this.store.release(claims);
    const cutOff = claims.filter(({ sent }) => sent).length;
    if (cutOff > 0) this.counts.interrupted(this.measures.pipeline, cutOff);
  }

  async discard(turnedAway: readonly TurnedAway[]): Promise<void> {
    await this.store.discard(turnedAway);
    this.counts.turnedAway(turnedAway);
  }

  takeSlots(claims: readonly ClaimedDelivery[]): Promise<TakenSlots> {
    return this.store.takeSlots(claims);
  }

  webhooksForSending(webhookIds: readonly string[]): Promise<WebhooksForSending> {
    return this.store.webhooksForSending(webhookIds);
  }

  extendLeases(claims: readonly ClaimedDelivery[], leaseSeconds: number): Promise<void> {
    return this.store.extendLeases(claims, leaseSeconds);
  }

  webhooksWithDueDeliveries(limit: number): Promise<string[]> {
    return this.store.webhooksWithDueDeliveries(limit);
  }
}
