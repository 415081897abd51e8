import type { Received } from './receivers.js';

interface Entry {
  says: string;
  postedAt?: number;
  firstSeenAt?: number;
  deliveredAt?: number;
  failures: number;
}

export interface Tally {
  posted: number;
  delivered: number;
  firstTime: number;
  afterRetries: number;
  failedAttempts: number;
  unverified: number;
  /** Milliseconds from the POST to the first request at the receiver, sorted. */
  latencies: number[];
}

/**
 * The events that were posted and the requests that arrived at the webhook of the story. Either may come first: the
 * receiver can have an event before the answer to its POST is back.
 */
export class Ledger {
  private readonly entries = new Map<string, Entry>();
  private unverified = 0;

  posted(eventId: string, says: string, postedAt: number): void {
    Object.assign(this.entry(eventId), { says, postedAt });
  }

  /** @returns how many of this event's attempts had failed before */
  received({ eventId, verified, behaviour }: Received, at: number): number {
    const entry = this.entry(eventId);
    const failuresBefore = entry.failures;
    entry.firstSeenAt ??= at;
    if (!verified) this.unverified++;
    if (!verified || behaviour.kind === 'fail') entry.failures++;
    else entry.deliveredAt ??= at;
    return failuresBefore;
  }

  tally(): Tally {
    const entries = [...this.entries.values()].filter(({ postedAt }) => postedAt !== undefined);
    const delivered = entries.filter(({ deliveredAt }) => deliveredAt !== undefined);
    const firstTime = delivered.filter(({ failures }) => failures === 0).length;
    return {
      posted: entries.length,
      delivered: delivered.length,
      firstTime,
      afterRetries: delivered.length - firstTime,
      failedAttempts: entries.reduce((sum, { failures }) => sum + failures, 0),
      unverified: this.unverified,
      latencies: entries
        .flatMap(({ postedAt, firstSeenAt }) =>
          firstSeenAt === undefined ? [] : [firstSeenAt - postedAt!],
        )
        .toSorted((a, b) => a - b),
    };
  }

  private entry(eventId: string): Entry {
    const known = this.entries.get(eventId);
    if (known) return known;
    const entry: Entry = { says: '', failures: 0 };
    this.entries.set(eventId, entry);
    return entry;
  }
}
