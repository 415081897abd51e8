import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import {
  type EventRejectionDraft,
  type EventRejectionRepository,
  isFaultyRow,
} from '@schoolbell/persistence';
import type { ApiError } from '../http/api-error.js';
import { MinuteBounds, REJECTION_BOUNDS } from './minute-bounds.js';
import { readRejections, type RefusedRequest } from './read-rejections.js';

type Bounds = MinuteBounds<EventRejectionDraft>;
type Store = Pick<EventRejectionRepository, 'keep' | 'countLeftOut' | 'ownersOf'>;

/** Rejections are gathered for this long, then written together. */
const GATHERED_MS = 1_000;
/** Rows of one statement. */
const WRITTEN_AT_ONCE = 500;
/** How many are kept in memory while Postgres is away; 8 KB each at most. */
const MOST_WAITING = 5_000;

/**
 * Stores refused posts. Nobody waits for it: they are written within about a second, on a connection of their own, a
 * few hundred rows at a time.
 */
export class RejectionLog implements OnApplicationShutdown {
  private readonly logger = new Logger(RejectionLog.name);
  private readonly ofTenants: Bounds;
  private readonly unowned: Bounds;
  /** Drafts that turned out to be strangers' had been counted as unowned. */
  private readonly ofStrangers: Bounds;
  private waiting: EventRejectionDraft[] = [];
  /** Written drafts whose count has grown since. */
  private readonly counting = new Set<EventRejectionDraft>();
  private readonly written = new WeakSet<EventRejectionDraft>();
  /** Drafts whose owners were looked up. */
  private readonly looked = new WeakSet<EventRejectionDraft>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> | undefined;
  private closed = false;

  constructor(
    private readonly store: Store,
    private readonly now: () => number = Date.now,
  ) {
    this.ofTenants = new MinuteBounds(REJECTION_BOUNDS.ofAll, now);
    this.unowned = new MinuteBounds(REJECTION_BOUNDS.ofUnowned, now);
    this.ofStrangers = new MinuteBounds(REJECTION_BOUNDS.ofStrangers, now);
  }

  /** Never throws: the answer to the post must not depend on it. */
  note(error: ApiError, request: RefusedRequest): void {
    try {
      for (const draft of readRejections(error, request, this.now())) this.admit(draft);
      this.soon();
    } catch (cause) {
      this.logger.warn(`A refused post could not be read: ${String(cause)}`);
    }
  }

  /** Writes what waits; what cannot be written now stays. Never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.flushing ??= this.writeAll().finally(() => {
      this.flushing = undefined;
      this.soon();
    });
    return this.flushing;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.flush();
    this.closed = true;
    clearTimeout(this.timer);
  }

  /** Posts with unknown keys have a share of their own: otherwise a stranger could use up a tenant's. */
  private admit(draft: EventRejectionDraft): void {
    const { tenantId, keyPrefix } = draft;
    const { ofKey, ofTenant } = REJECTION_BOUNDS;
    const isKept = isUnowned(draft)
      ? this.isKept(this.unowned.admit(keyPrefix ?? '', ofKey, draft), draft)
      : this.isKept(this.ofTenants.admit(tenantId ?? '', ofTenant, draft), draft);
    if (isKept && this.waiting.length < MOST_WAITING) this.waiting.push(draft);
  }

  /** @param counting the draft that is kept, or that counts this one */
  private isKept(counting: EventRejectionDraft | undefined, draft: EventRejectionDraft): boolean {
    if (counting === draft) return true;
    if (counting && this.written.has(counting)) this.counting.add(counting);
    return false;
  }

  private soon(): void {
    const isIdle = this.waiting.length === 0 && this.counting.size === 0;
    if (this.closed || this.flushing || isIdle) return;
    this.timer ??= setTimeout(() => void this.flush(), GATHERED_MS).unref();
  }

  private async writeAll(): Promise<void> {
    try {
      await this.findOwners();
      while (this.waiting.length > 0) await this.write(this.waiting.slice(0, WRITTEN_AT_ONCE));
      await this.writeCounts();
    } catch (error) {
      const waiting = this.waiting.length;
      this.logger.warn(`${waiting} refused posts could not be written yet: ${String(error)}`);
    }
  }

  private async writeCounts(): Promise<void> {
    const counting = [...this.counting];
    if (counting.length === 0) return;
    // Cleared before writing: a draft whose count grows meanwhile is written again.
    this.counting.clear();
    try {
      await this.store.countLeftOut(counting);
    } catch (error) {
      for (const draft of counting) this.counting.add(draft);
      throw error;
    }
  }

  private async write(drafts: readonly EventRejectionDraft[]): Promise<void> {
    const counts = drafts.map(({ leftOut }) => leftOut);
    await this.keep(drafts);
    this.waiting.splice(0, drafts.length);
    for (const [index, draft] of drafts.entries()) {
      this.written.add(draft);
      if (draft.leftOut > counts[index]!) this.counting.add(draft);
    }
  }

  private async keep(drafts: readonly EventRejectionDraft[]): Promise<void> {
    try {
      await this.store.keep(drafts);
    } catch (error) {
      // The same rows would fail for ever.
      if (!isFaultyRow(error)) throw error;
      this.logger.error(`Refused posts could not be written: ${String(error)}`);
    }
  }

  /** Some unknown keys are revoked or expired, or could not be looked up at the time; the others are strangers'. */
  private async findOwners(): Promise<void> {
    const unknown = this.waiting.filter((draft) => isUnowned(draft) && !this.looked.has(draft));
    if (unknown.length === 0) return;
    const prefixes = unknown.flatMap(({ keyPrefix }) => keyPrefix ?? []);
    const owners = prefixes.length > 0 ? await this.store.ownersOf([...new Set(prefixes)]) : [];
    const byPrefix = new Map(owners.map((owner) => [owner.prefix, owner]));
    const left = new Set<EventRejectionDraft>();
    const { ofStrangers } = REJECTION_BOUNDS;
    for (const draft of unknown) {
      this.looked.add(draft);
      const owner = byPrefix.get(draft.keyPrefix ?? '');
      if (owner) Object.assign(draft, { tenantId: owner.tenantId, keyName: owner.name });
      else if (!this.isKept(this.ofStrangers.admit('', ofStrangers, draft), draft)) left.add(draft);
    }
    this.waiting = this.waiting.filter((draft) => !left.has(draft));
  }
}

/** The key's owner is unknown: the key is not valid, or Postgres was away. */
function isUnowned({ tenantId, keyName }: EventRejectionDraft): boolean {
  return tenantId === null && keyName === null;
}
