import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import {
  type Attempted,
  type ChangedTenants,
  type ChangeListener,
  MOST_CHANGES,
  type Seen,
  type WatchRepository,
} from '@schoolbell/persistence';
import { ApiError } from '../http/api-error.js';
import { catchUp } from './catch-up.js';
import { lookAtTenant, type LookRequest } from './look-at-tenant.js';
import { Watch, type WatchOptions } from './watch.js';
import { CURSOR_LASTS_MS, decodeCursor, encodeCursor } from './watch-cursor.js';
import { WatchedTenant } from './watched-tenant.js';

const ROUND_MS = 250;
/** How often to look where no announcements arrive. */
const POLL_MS = 1_000;
/** An announcement may be lost: each watched tenant is looked at this often anyway. */
const LOOK_ANYWAY_MS = 5_000;
/**
 * How far back a look reads again what was committed late: attempts by their ids, and changes without an attempt by
 * their time. Of attempts, only those that were not seen are read.
 */
const OVERLAP_MS = { ids: 2_000, changes: 6_000 };
/** The clocks of dispatchers differ by less than this, and no attempt is recorded later, except after an outage. */
const MOST_LATE_MS = 60_000;
/** After this many changes at once, a tenant rests: its readers get summaries. */
const MANY = 500;
const REST_MS = 1_000;
/** For the look that is under way when the process stops. */
const CLOSING_MS = 1_000;

interface DeliveryFeedParts {
  repository: WatchRepository;
  /** Called with the feed that the listener should report to. */
  listener: (heard: Pick<DeliveryFeed, 'changed' | 'hearingChanged'>) => ChangeListener;
}

/**
 * Tells readers what changes: learns which tenants changed, reads those that somebody watches, at most four times a
 * second, and remembers what it told. While nobody watches, it reads and listens to nothing.
 */
export class DeliveryFeed {
  private readonly logger = new Logger(DeliveryFeed.name);
  private readonly tenants = new Map<string, WatchedTenant>();
  private readonly listener: ChangeListener;
  private readonly repository: WatchRepository;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  /** The earliest time in the ids of announced attempts that are not read yet. Unix milliseconds. */
  private toldSince: number | undefined;
  private closed = false;

  constructor({ repository, listener }: DeliveryFeedParts) {
    this.repository = repository;
    this.listener = listener(this);
  }

  /** Some process announces which tenants changed. */
  changed({ moved, touched, since }: ChangedTenants): void {
    for (const id of moved) this.tenants.get(id)?.mark('moved');
    for (const id of touched) this.tenants.get(id)?.mark('all');
    if (since !== undefined) this.toldSince = Math.min(this.toldSince ?? since, since);
  }

  /** Announcements may have been lost: everything is looked at. */
  hearingChanged(): void {
    this.forgetSeen();
    for (const tenant of this.tenants.values()) tenant.mark('all');
  }

  /** From now on another server may answer. */
  private forgetSeen(): void {
    for (const tenant of this.tenants.values()) tenant.seen = undefined;
  }

  /**
   * Begins to send, from the cursor on.
   *
   * @param lastEventId undefined: from now on
   * @throws ApiError `service_unavailable` while the process stops
   */
  async open(
    tenantId: string,
    options: Omit<WatchOptions, 'from'>,
    lastEventId: string | undefined,
  ): Promise<void> {
    const { now, webhooks } = await this.repository.ofTenant(tenantId, async (look) => ({
      now: await look.time(),
      webhooks: await look.webhooks(),
    }));
    if (this.closed) throw stopping();
    const from = lastEventId === undefined ? now : decodeCursor(lastEventId, now);
    const watch = new Watch({ ...options, from: from ?? now });
    const { stream } = options;
    stream.begin(lastEventId !== undefined && from ? lastEventId : encodeCursor(now));
    if (lastEventId !== undefined && from) {
      await catchUp(this.repository, tenantId, watch, ago(from, OVERLAP_MS.ids));
    } else if (!from) watch.reset(now);
    if (this.closed) throw stopping();
    if (stream.destroyed) return;
    this.join(tenantId, watch, () => new WatchedTenant(tenantId, now, webhooks));
  }

  /** Ends every stream, for good: its readers reconnect to another process. */
  async close(): Promise<void> {
    this.closed = true;
    for (const { watches } of this.tenants.values()) {
      for (const { stream } of watches) stream.finish();
    }
    this.tenants.clear();
    clearInterval(this.timer);
    await this.listener.stop();
    await Promise.race([this.looking, sleep(CLOSING_MS, undefined, { ref: false })]);
  }

  private join(tenantId: string, watch: Watch, asItIs: () => WatchedTenant): void {
    const tenant = this.tenants.get(tenantId) ?? asItIs();
    this.tenants.set(tenantId, tenant);
    tenant.watches.add(watch);
    tenant.mark('all');
    watch.stream.once('close', () => this.leave(tenant, watch));
    this.listener.start();
    this.timer ??= setInterval(() => this.tick(), ROUND_MS).unref();
  }

  private leave(tenant: WatchedTenant, watch: Watch): void {
    tenant.watches.delete(watch);
    if (tenant.watches.size > 0 || this.tenants.get(tenant.id) !== tenant) return;
    this.tenants.delete(tenant.id);
    if (this.tenants.size > 0 || this.closed) return;
    clearInterval(this.timer);
    this.timer = undefined;
    void this.listener.stop();
  }

  private tick(): void {
    for (const { watches } of this.tenants.values()) for (const watch of watches) watch.beat();
    this.looking ??= this.round()
      .catch((error: unknown) => {
        this.forgetSeen();
        this.logger.warn(`Could not read what changed: ${String(error)}`);
      })
      .finally(() => {
        this.looking = undefined;
      });
  }

  private async round(): Promise<void> {
    const due = [...this.tenants.values()].filter((tenant) => this.isDue(tenant));
    if (due.length === 0) return;
    const attempted = await this.repository.attempted(
      due.map(({ id }) => id),
      {
        since: this.sinceFor(due),
        seen: seenByAll(due),
        before: ago(new Date(Math.max(...due.map(({ at }) => +at))), OVERLAP_MS.ids),
      },
    );
    for (const tenant of due) await this.look(tenant, attempted);
  }

  /** From where to look at attempts: earlier if an announced attempt ended earlier. */
  private sinceFor(due: readonly WatchedTenant[]): Date {
    const oldest = Math.min(...due.map(({ at }) => ago(at, OVERLAP_MS.ids).getTime()));
    const told = Math.max(this.toldSince ?? oldest, oldest - MOST_LATE_MS);
    const isAnyLeft = [...this.tenants.values()].some((one) => one.due && !due.includes(one));
    if (!isAnyLeft) this.toldSince = undefined;
    return new Date(Math.min(oldest, told));
  }

  /** Marks a tenant with the reason why a look at it is due. */
  private isDue(tenant: WatchedTenant): boolean {
    const now = performance.now();
    const anyway = this.listener.hears ? LOOK_ANYWAY_MS : POLL_MS;
    if (now - tenant.lookedAtAll >= anyway) tenant.mark('all');
    else if (now - tenant.lookedAt >= REST_MS && [...tenant.watches].some((w) => w.hasCounts)) {
      tenant.mark('moved');
    }
    return tenant.due !== undefined && now >= tenant.restUntil;
  }

  private async look(tenant: WatchedTenant, attempted: Attempted): Promise<void> {
    const all = tenant.due === 'all';
    const since = ago(tenant.at, OVERLAP_MS.changes);
    tenant.due = undefined;
    const watches = [...tenant.watches];
    const request: LookRequest = {
      since,
      createdSince: ago(tenant.at, OVERLAP_MS.ids),
      seen: tenant.seen,
      attempted: attempted.idsOf(tenant.id),
      all,
      watches,
      untold: (facts) => tenant.untold(facts, since),
      others: async (look) => [
        ...tenant.changedWebhooks(await look.webhooks()),
        ...tenant.changedOperations(await look.operations(since)),
      ],
    };
    const found = await this.read(tenant, request);
    tenant.seen = attempted.seen;
    const isStale = found.at.getTime() - tenant.at.getTime() > CURSOR_LASTS_MS;
    this.looked(tenant, found.at, all, found.changed);
    for (const watch of watches) {
      if (attempted.tooMuch || found.tooMuch || isStale) watch.reset(found.at);
      else watch.tell(found.rowsFor(watch), found.messages, found.at);
    }
  }

  /** What could not be read stays due. */
  private async read(tenant: WatchedTenant, request: LookRequest) {
    try {
      return await lookAtTenant(this.repository, tenant.id, request, MOST_CHANGES);
    } catch (error) {
      tenant.mark(request.all ? 'all' : 'moved');
      throw error;
    }
  }

  private looked(tenant: WatchedTenant, at: Date, all: boolean, changed: number): void {
    const now = performance.now();
    tenant.at = at;
    tenant.lookedAt = now;
    if (all) tenant.lookedAtAll = now;
    if (changed > MANY) tenant.restUntil = now + REST_MS;
    if (all) tenant.forgetOld();
  }
}

const ago = (time: Date, ms: number): Date => new Date(time.getTime() - ms);

/** The earliest of what the tenants have seen; undefined if one of them has seen nothing. */
function seenByAll(tenants: readonly WatchedTenant[]): Seen | undefined {
  const seen = tenants.flatMap((tenant) => tenant.seen ?? []);
  return seen.length === tenants.length ? Math.min(...seen) : undefined;
}

function stopping(): ApiError {
  return new ApiError('service_unavailable', 'This process is shutting down.', {
    headers: { 'Retry-After': '1' },
  });
}
