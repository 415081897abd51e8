import { MOST_PER_CLAIM } from './claim-size.js';
import type { InFlight } from '../slots/in-flight.js';
import { shareSlots, type Claimable, type Contender, type FreeSlots } from './share-slots.js';
import type { WebhookCache } from '../attempting/webhook-cache.js';

/** Above this number, the sweep finds the rest. */
const MOST_EXPECTED = 50_000;

/**
 * The webhooks that are announced to have due deliveries, by tenant. Free slots go to the tenants in turn, and within a
 * tenant to its webhooks in turn: those that have waited longest come first.
 */
export class ExpectedWork {
  private readonly byTenant = new Map<string, Set<string>>();
  /** Webhooks whose tenant was not read yet. */
  private readonly unknownTenant = new Set<string>();
  private readonly tests = new Set<string>();
  private expected = 0;

  constructor(
    private readonly inFlight: InFlight,
    private readonly webhooks: Pick<WebhookCache, 'tenantOf' | 'tenantsOf'>,
  ) {}

  expect(webhookIds: Iterable<string>): void {
    for (const id of webhookIds) {
      if (this.expected + this.unknownTenant.size >= MOST_EXPECTED) return;
      const tenantId = this.unknownTenant.has(id) ? undefined : this.webhooks.tenantOf(id);
      if (tenantId === undefined) this.unknownTenant.add(id);
      else this.add(tenantId, id);
    }
  }

  /** Its rate limit allows nothing but tests now. */
  expectTestsOnly(webhookId: string): void {
    const tenantId = this.webhooks.tenantOf(webhookId);
    const webhookIds = tenantId === undefined ? undefined : this.byTenant.get(tenantId);
    if (!webhookIds?.delete(webhookId)) return;
    this.expected--;
    if (webhookIds.size === 0) this.byTenant.delete(tenantId!);
    this.tests.add(webhookId);
  }

  /** Tests are sent in addition to the limits, so a webhook without a free slot is worth a look too. */
  expectTests(webhookIds: Iterable<string>): void {
    for (const id of webhookIds) this.tests.add(id);
  }

  hasSlotFor(webhookId: string): boolean {
    const { inFlight } = this;
    const tenantId = this.webhooks.tenantOf(webhookId);
    const free = tenantId === undefined ? inFlight.free : inFlight.freeForTenant(tenantId);
    return free > 0 && inFlight.freeFor(webhookId) > 0;
  }

  get hasUnknownTenants(): boolean {
    return this.unknownTenant.size > 0;
  }

  /** Reads the unknown tenants of some webhooks. Webhooks that were deleted are forgotten. */
  async readTenants(): Promise<void> {
    const some = [...this.unknownTenant].slice(0, MOST_PER_CLAIM);
    const tenants = await this.webhooks.tenantsOf(some);
    for (const id of some) {
      this.unknownTenant.delete(id);
      const tenantId = tenants.get(id);
      if (tenantId !== undefined) this.add(tenantId, id);
    }
  }

  /**
   * Removes and returns the webhooks with free slots, each with their number, and those that may have tests.
   *
   * @param most how many webhooks with free slots
   */
  takeClaimable(most = MOST_PER_CLAIM): Claimable {
    const { slots, limit } = this.share(most);
    for (const { webhookId } of slots) this.tests.delete(webhookId);
    for (const webhookId of this.tests) slots.push({ webhookId, free: 0 });
    this.tests.clear();
    return { slots, limit };
  }

  private share(most: number): Claimable {
    const limit = Math.min(this.inFlight.free, most);
    const contenders = this.contenders(limit);
    const share = shareSlots([...contenders.values()], limit);
    const taken = new Set(share.slots.map(({ webhookId }) => webhookId));
    for (const [tenantId, { slots }] of contenders) this.takeOut(tenantId, slots, taken);
    return share;
  }

  /** Each of them is expected to fill at least one slot: asking for more webhooks than slots would be useless. */
  private contenders(most: number): Map<string, Contender> {
    const contenders = new Map<string, Contender>();
    for (const [tenantId, webhookIds] of this.byTenant) {
      if (contenders.size >= most) break;
      const room = this.inFlight.freeForTenant(tenantId);
      const slots = this.slotsOf(webhookIds, Math.min(room, most));
      if (slots.length > 0) contenders.set(tenantId, { room, slots });
    }
    return contenders;
  }

  private slotsOf(webhookIds: ReadonlySet<string>, most: number): FreeSlots[] {
    const slots: FreeSlots[] = [];
    for (const webhookId of webhookIds) {
      if (slots.length >= most) break;
      const free = this.inFlight.freeFor(webhookId);
      if (free > 0) slots.push({ webhookId, free });
    }
    return slots;
  }

  /** The tenant's next turn comes after those of all others. */
  private takeOut(tenantId: string, slots: readonly FreeSlots[], taken: ReadonlySet<string>): void {
    const webhookIds = this.byTenant.get(tenantId)!;
    for (const { webhookId } of slots) {
      if (taken.has(webhookId) && webhookIds.delete(webhookId)) this.expected--;
    }
    this.byTenant.delete(tenantId);
    if (webhookIds.size > 0) this.byTenant.set(tenantId, webhookIds);
  }

  private add(tenantId: string, webhookId: string): void {
    let webhookIds = this.byTenant.get(tenantId);
    if (!webhookIds) this.byTenant.set(tenantId, (webhookIds = new Set()));
    if (!webhookIds.has(webhookId)) this.expected++;
    webhookIds.add(webhookId);
  }
}
