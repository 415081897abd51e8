import { uuidV7 } from '@schoolbell/ids';
import {
  type AttemptRecord,
  type Claim,
  type ClaimedDelivery,
  type ClaimRequest,
  type DeliveryStore,
  type RecordReport,
  type TakenSlots,
  type WebhooksForSending,
} from '@schoolbell/delivery';
import type { QueryResultRow } from 'pg';
import type { Database } from '../../database/database.js';
import { batchParameters, withoutDetails } from '../deliveries/attempt-batch.js';
import {
  claimedDelivery,
  claimParameters,
  webhooksWithMore,
  type ClaimedRow,
} from '../deliveries/claim.js';
import { isFaultyRow } from '../../database/database-fault.js';
import {
  FALLBACK_SETTINGS,
  readWebhooks,
  type WebhookSettingsRow,
} from '../deliveries/webhook-settings.js';
import { EXTEND_FALLBACK_LEASES, extendLeasesParameters } from '../extend-leases.js';
import { endLeases, webhooksOfLeases } from '../end-leases.js';
import { lostLeases } from '../lost-leases.js';
import { ServiceEpoch } from '../service-epoch.js';
import { UnansweredClaims, type GivenBack } from '../unanswered-claims.js';
import { CLAIM_FALLBACKS, DUE_FALLBACKS, END_FALLBACKS } from './claim-fallbacks.js';
import { RECORD_FALLBACKS, RELEASE_FALLBACKS } from './record-fallbacks.js';
import { LOWEST_UUID } from '../../database/id-range.js';

/**
 * Dead letters on their way to a `fallbackUrl`, for a pipeline like that of deliveries: the webhook's
 * settings, with another URL. Whether the webhook is paused does not matter, and nothing here pauses it.
 */
export class PostgresFallbackStore implements DeliveryStore {
  /** Where the next sweep begins. */
  private sweptTo = LOWEST_UUID;
  private readonly epoch: ServiceEpoch;
  private readonly unanswered: UnansweredClaims;

  /** @param newLeaseId see `leaseIdsOf` */
  constructor(
    private readonly db: Database,
    private readonly newLeaseId: () => string = uuidV7,
  ) {
    this.epoch = new ServiceEpoch(db.dispatchPool);
    this.unanswered = new UnansweredClaims(db, 'held_fallback_leases');
  }

  async claim(request: ClaimRequest): Promise<Claim> {
    if (request.slots.length === 0)
      return { deliveries: [], withMore: [], paced: [], operationalEvents: false };
    await this.epoch.afterOutage();
    const leaseId = this.newLeaseId();
    return this.unanswered.under(leaseId, () => this.claimUnder(leaseId, request));
  }

  /** Fallbacks have no rate limit, and need no place in a timetable. */
  takeSlots(): Promise<TakenSlots> {
    return Promise.resolve({ going: [], paced: [] });
  }

  /** No filter is asked again about a dead letter. */
  discard(): Promise<void> {
    return Promise.resolve();
  }

  async webhooksForSending(webhookIds: readonly string[]): Promise<WebhooksForSending> {
    const values = [webhookIds];
    const rows = await this.run<WebhookSettingsRow>('fallback_settings', FALLBACK_SETTINGS, values);
    return readWebhooks(rows, this.db.secretBox);
  }

  async record(attempts: readonly AttemptRecord[]): Promise<RecordReport> {
    const lost: string[] = [];
    try {
      lost.push(...(await this.recordBatch(attempts)));
    } catch (error) {
      if (!isFaultyRow(error)) {
        await this.epoch.recordFailed(error);
        throw error;
      }
      // These are few, so they go one by one, to find the one that cannot be stored.
      for (const attempt of attempts) lost.push(...(await this.recordAlone(attempt)));
    }
    return { paused: [], lost, setAside: [], operationalEvents: false, fallbacksBegun: [] };
  }

  async extendLeases(claims: readonly ClaimedDelivery[], leaseSeconds: number): Promise<void> {
    if (claims.length === 0) return;
    const values = extendLeasesParameters(claims, leaseSeconds);
    await this.run('extend_fallback_leases', EXTEND_FALLBACK_LEASES, values);
  }

  async release(claims: readonly GivenBack[]): Promise<void> {
    if (claims.length === 0) return;
    await this.run('release_fallbacks', RELEASE_FALLBACKS, [
      claims.map(({ claimed }) => claimed.id),
      claims.map(({ claimed }) => claimed.leaseId),
      claims.map(({ sent }) => sent),
    ]);
  }

  /** Ends the leases of a dead dispatcher. @returns webhooks that have work again */
  async endLeasesOf(holder: string): Promise<string[]> {
    const ended = await endLeases(this.db, 'end_fallback_leases', holder);
    return webhooksOfLeases(ended);
  }

  async webhooksWithDueDeliveries(limit: number): Promise<string[]> {
    await this.epoch.notice();
    const given = webhooksOfLeases(await this.unanswered.giveBack((held) => this.release(held)));
    const values = [this.sweptTo, limit];
    const rows = await this.run<{ webhook_id: string }>('due_fallbacks', DUE_FALLBACKS, values);
    this.sweptTo = (rows.length >= limit && rows.at(-1)?.webhook_id) || LOWEST_UUID;
    if (rows.length > 0) await this.run('end_fallbacks', END_FALLBACKS, []);
    return [...new Set([...given, ...rows.map((row) => row.webhook_id)])];
  }

  private async claimUnder(leaseId: string, request: ClaimRequest): Promise<Claim> {
    const values = claimParameters(request, leaseId);
    const rows = await this.run<ClaimedRow>('claim_fallbacks', CLAIM_FALLBACKS, values);
    return {
      deliveries: rows.map((row) => claimedDelivery(row, leaseId)),
      withMore: webhooksWithMore(request, rows, []),
      paced: [],
      operationalEvents: false,
    };
  }

  private recordAlone(attempt: AttemptRecord): Promise<string[]> {
    return this.recordBatch([attempt]).catch((error: unknown) => {
      if (!isFaultyRow(error)) throw error;
      return this.recordBatch([withoutDetails(attempt)]);
    });
  }

  /** @returns the deliveries whose lease is lost */
  private async recordBatch(attempts: readonly AttemptRecord[]): Promise<string[]> {
    const values = batchParameters(attempts);
    const rows = await this.run<{ delivery_id: string }>(
      'record_fallbacks',
      RECORD_FALLBACKS,
      values,
    );
    const recorded = new Set(rows.map((row) => row.delivery_id));
    const unwritten = attempts.filter(({ claimed }) => !recorded.has(claimed.id));
    return lostLeases(this.epoch, unwritten);
  }

  private run<Row extends QueryResultRow>(
    name: string,
    text: string,
    values: unknown[],
  ): Promise<Row[]> {
    return this.epoch.run<Row>({ name, text, values });
  }
}
