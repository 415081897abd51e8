import type { Deferred, IntakeBounds, Wakes } from '@schoolbell/delivery';
import { isDatabaseUnavailable, isStatementTimeout } from '@schoolbell/persistence';
import { ApiError } from '../http/api-error.js';
import { IntakeLane, type ItemTraits, type Waiting } from './intake-lane.js';
import type { IntakeLimits } from './intake-limits.js';

export type LaneName = keyof IntakeLimits;

/** Stores items together, in one transaction. */
export type StoreItems<Item, Outcome> = (
  items: readonly Item[],
  bounds: IntakeBounds,
) => Promise<{
  /** In the order of the items. */
  outcomes: readonly (Outcome | Deferred)[];
  webhookIds: string[];
}>;

interface IntakeKind<Item, Outcome> extends ItemTraits<Item> {
  /** What refusals call the items: `events`. */
  plural: string;
  store: Record<LaneName, StoreItems<Item, Outcome>>;
  /** Remembers how many webhooks an item goes to, if that is known. */
  note(item: Item, outcome: Outcome | Deferred): void;
  /** Whether a tenant's items are stored in the order in which they came, whatever their lane. Default false. */
  inOrder?: boolean;
}

/**
 * Stores items in two lanes, each with one connection and one flush at a time: the light lane for items that go to few
 * webhooks, the heavy one for those that go to very many, so that only their own tenants wait for these. Only Postgres
 * knows exactly how many webhooks an item goes to; items that turn out to be too much for a flush are deferred and go
 * again.
 */
export class IntakeBuffer<Item, Outcome extends object> {
  private readonly lanes: Record<LaneName, IntakeLane<Item, Outcome>>;
  /** How many items of each tenant are in the heavy lane or in its flush; counted only for items in order. */
  private readonly heavyOf = new Map<string, number>();

  constructor(
    private readonly kind: IntakeKind<Item, Outcome>,
    private readonly wakes: Wakes,
    limits: IntakeLimits,
  ) {
    const lane = (name: LaneName): IntakeLane<Item, Outcome> =>
      new IntakeLane(limits[name], kind, (flush) => this.settle(name, flush));
    this.lanes = { light: lane('light'), heavy: lane('heavy') };
  }

  /**
   * Resolves once the item is committed.
   *
   * @throws ApiError `service_unavailable` when too many wait already
   * @throws what the database threw when it is away, to everybody who waits
   */
  accept(item: Item): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.add(this.laneFor(item), { item, resolve, reject });
    });
  }

  private laneFor(item: Item): LaneName {
    if (this.heavyOf.has(this.kind.tenantOf(item))) return 'heavy';
    return this.kind.widthOf(item) > this.lanes.light.bounds.ofOneEvent! ? 'heavy' : 'light';
  }

  private add(name: LaneName, waiting: Waiting<Item, Outcome>): void {
    const lane = this.lanes[name];
    if (lane.isFullFor(waiting.item)) {
      const { plural } = this.kind;
      waiting.reject(name === 'light' ? tooManyWaiting(plural) : tooManyHeavyWaiting(plural));
    } else lane.add(name === 'heavy' ? this.countedAsHeavy(waiting) : waiting);
  }

  /** While an item waits or is stored there, later items of its tenant queue behind it. */
  private countedAsHeavy(waiting: Waiting<Item, Outcome>): Waiting<Item, Outcome> {
    if (!this.kind.inOrder) return waiting;
    const tenantId = this.kind.tenantOf(waiting.item);
    const before = this.heavyOf.get(tenantId) ?? 0;
    this.heavyOf.set(tenantId, before + 1);
    const { item, resolve, reject } = waiting;
    const leave = (): void => {
      const left = this.heavyOf.get(tenantId)! - 1;
      if (left > 0) this.heavyOf.set(tenantId, left);
      else this.heavyOf.delete(tenantId);
    };
    return {
      item,
      resolve: (outcome) => (leave(), resolve(outcome)),
      reject: (error) => (leave(), reject(error)),
    };
  }

  /** Never rejects: the callers who wait get the error. */
  private async settle(name: LaneName, flush: readonly Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const items = flush.map(({ item }) => item);
      const report = await this.kind.store[name](items, this.lanes[name].bounds);
      if (report.webhookIds.length > 0) this.wakes.wake(report.webhookIds);
      this.answer(name, flush, report.outcomes);
    } catch (error) {
      await this.settleFailure(name, flush, error);
    }
  }

  private answer(
    name: LaneName,
    flush: readonly Waiting<Item, Outcome>[],
    outcomes: readonly (Outcome | Deferred)[],
  ): void {
    const goesToHeavy = name === 'light' ? this.tooWide(flush, outcomes) : () => false;
    const again: Waiting<Item, Outcome>[] = [];
    for (const [index, waiting] of flush.entries()) {
      const outcome = outcomes[index]!;
      this.kind.note(waiting.item, outcome);
      if (!isDeferred(outcome)) waiting.resolve(outcome);
      else if (goesToHeavy(waiting.item)) this.add('heavy', waiting);
      else again.push(waiting);
    }
    this.lanes[name].putBack(again);
    if (name === 'light' && this.kind.inOrder) this.moveBehindHeavy(flush);
  }

  /** The deferred items that the light lane cannot store; for items in order, all of their tenants' with them. */
  private tooWide(
    flush: readonly Waiting<Item, Outcome>[],
    outcomes: readonly (Outcome | Deferred)[],
  ): (item: Item) => boolean {
    const most = this.lanes.light.bounds.ofOneEvent!;
    const keyOf = (item: Item): unknown => (this.kind.inOrder ? this.kind.tenantOf(item) : item);
    const wide = flush.filter((_, index) => {
      const outcome = outcomes[index]!;
      return isDeferred(outcome) && outcome.deliveries > most;
    });
    const keys = new Set(wide.map(({ item }) => keyOf(item)));
    return (item) => keys.has(keyOf(item));
  }

  /** Moves a tenant's items from the light lane to where its next one will go, since that must not overtake them. */
  private moveBehindHeavy(flush: readonly Waiting<Item, Outcome>[]): void {
    const tenants = new Map(flush.map(({ item }) => [this.kind.tenantOf(item), item]));
    for (const [tenantId, item] of tenants) {
      if (this.laneFor(item) === 'light') continue;
      for (const waiting of this.lanes.light.drainTenant(tenantId)) this.add('heavy', waiting);
    }
  }

  private async settleFailure(
    name: LaneName,
    flush: readonly Waiting<Item, Outcome>[],
    error: unknown,
  ): Promise<void> {
    // What is too much at once may fit in halves.
    const tooMuch = name === 'heavy' && isStatementTimeout(error);
    if (isDatabaseUnavailable(error) && !tooMuch) {
      // Those behind would only wait for the same answer.
      for (const { reject } of [...flush, ...this.lanes[name].drain()]) reject(error);
    } else if (flush.length === 1) {
      flush[0]!.reject(error);
    } else {
      // One item that cannot be stored must not block the others: halve until it is alone.
      const half = Math.ceil(flush.length / 2);
      await this.settle(name, flush.slice(0, half));
      await this.settle(name, flush.slice(half));
    }
  }
}

function isDeferred(outcome: object): outcome is Deferred {
  return 'kind' in outcome && outcome.kind === 'deferred';
}

/** @returns 503: Postgres does not keep up, and waiting items must not fill the memory */
export function tooManyWaiting(plural: string): ApiError {
  return new ApiError('service_unavailable', `Too many ${plural} are waiting to be stored.`, {
    headers: { 'Retry-After': '1' },
  });
}

/** @returns 503 for a tenant whose every item goes to very many webhooks */
export function tooManyHeavyWaiting(plural: string): ApiError {
  const detail = `Too many ${plural} of this tenant that go to very many webhooks are waiting to be stored.`;
  return new ApiError('service_unavailable', detail, { headers: { 'Retry-After': '5' } });
}
