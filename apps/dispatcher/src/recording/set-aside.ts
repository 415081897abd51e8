import { setTimeout as sleep } from 'node:timers/promises';
import type { AttemptRecord, DeliveryStore, RecordReport } from '@schoolbell/delivery';
import type { Logger } from '@schoolbell/logging';
import { Outage } from '../outages/outage.js';

/** How often a lease is extended during its length, so that one failed extension does not end it. */
const EXTENSIONS_PER_LEASE = 3;

interface SetAsideOptions {
  /** How long an extended lease lasts from now, in seconds. */
  leaseSeconds: number;
  onRecorded: (attempts: readonly AttemptRecord[], report: RecordReport) => void;
  /** Whether repeating cannot help the attempt that failed with this error. */
  isHopeless: (error: unknown) => boolean;
  onHopeless: (attempt: AttemptRecord, error: unknown) => void;
}

/**
 * Attempts that cannot be recorded now while others can, such as those of a webhook whose row somebody has locked. They
 * are tried one by one, round by round, beside the statements of the recorder. Their leases are extended meanwhile:
 * whoever took them over would send again what has arrived.
 */
export class SetAside {
  private waiting: AttemptRecord[] = [];
  private readonly outage: Outage;
  private running = false;
  private abandoned = false;
  private extendAgainAt = 0;

  constructor(
    private readonly store: Pick<DeliveryStore, 'record' | 'extendLeases'>,
    logger: Logger,
    private readonly options: SetAsideOptions,
  ) {
    this.outage = new Outage('recording_apart', logger);
  }

  add(attempt: AttemptRecord): void {
    this.waiting.push(attempt);
    this.extendAgainAt = 0;
    if (this.running) return;
    this.running = true;
    void this.roundAfterRound();
  }

  /** Stops trying. */
  abandon(): void {
    this.abandoned = true;
  }

  private async roundAfterRound(): Promise<void> {
    while (this.waiting.length > 0 && !this.abandoned) {
      const failure = await this.recordEach();
      if (failure) await sleep(Math.min(this.outage.failed(failure), this.extensionMs));
      else this.outage.worked();
    }
    this.running = false;
  }

  private get extensionMs(): number {
    return (this.options.leaseSeconds * 1000) / EXTENSIONS_PER_LEASE;
  }

  /** @returns why none of them was recorded; undefined if one was */
  private async recordEach(): Promise<unknown> {
    let failure: unknown;
    let isAnyDone = false;
    for (const attempt of this.waiting.slice()) {
      if (this.abandoned) return undefined;
      const reason = (await this.extendLeases()) ?? (await this.record(attempt));
      failure ??= reason;
      if (reason) continue;
      isAnyDone = true;
      this.waiting = this.waiting.filter((other) => other !== attempt);
    }
    return isAnyDone ? undefined : failure;
  }

  /** @returns why it has to wait longer */
  private async record(attempt: AttemptRecord): Promise<unknown> {
    try {
      const report = await this.store.record([attempt]);
      if (report.setAside.length > 0) return new Error('The row of the webhook is locked.');
      this.options.onRecorded([attempt], report);
      return undefined;
    } catch (error) {
      if (!this.options.isHopeless(error)) return error;
      this.options.onHopeless(attempt, error);
      return undefined;
    }
  }

  /** @returns why they could not be extended */
  private async extendLeases(): Promise<unknown> {
    if (performance.now() < this.extendAgainAt) return undefined;
    try {
      const claims = this.waiting.map(({ claimed }) => claimed);
      await this.store.extendLeases(claims, this.options.leaseSeconds);
      this.extendAgainAt = performance.now() + this.extensionMs;
      return undefined;
    } catch (error) {
      return error;
    }
  }
}
