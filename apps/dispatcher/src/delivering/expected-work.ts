import type { InFlight } from './in-flight.js';

/** More webhooks in one statement cost more than they save. */
const MOST_PER_CLAIM = 500;
/** Above this many the rest is left to the sweep. */
const MOST_EXPECTED = 50_000;

export interface FreeSlots {
  webhookId: string;
  free: number;
}

/** The webhooks that are said to have due deliveries, those that have waited longest first. */
export class ExpectedWork {
  private readonly webhooks = new Set<string>();
  private readonly tests = new Set<string>();

  constructor(private readonly inFlight: InFlight) {}

  expect(webhookIds: Iterable<string>): void {
    for (const id of webhookIds) {
      if (this.webhooks.size >= MOST_EXPECTED) return;
      this.webhooks.add(id);
    }
  }

  /** Tests are sent beside the caps, so a webhook without a free slot is worth a look as well. */
  expectTests(webhookIds: Iterable<string>): void {
    for (const id of webhookIds) this.tests.add(id);
  }

  hasSlotFor(webhookId: string): boolean {
    return this.inFlight.free > 0 && this.inFlight.freeFor(webhookId) > 0;
  }

  /** Takes out those that have slots free, each with how many, and those that may have tests. */
  takeClaimable(): FreeSlots[] {
    const slots = this.inFlight.free > 0 ? this.withFreeSlots() : [];
    for (const { webhookId } of slots) {
      this.webhooks.delete(webhookId);
      this.tests.delete(webhookId);
    }
    for (const webhookId of this.tests) slots.push({ webhookId, free: 0 });
    this.tests.clear();
    return slots;
  }

  private withFreeSlots(): FreeSlots[] {
    const slots: FreeSlots[] = [];
    // Each is expected to fill a slot at least: more of them than slots would be asked for nothing.
    const most = Math.min(this.inFlight.free, MOST_PER_CLAIM);
    for (const webhookId of this.webhooks) {
      const free = this.inFlight.freeFor(webhookId);
      if (free > 0) slots.push({ webhookId, free });
      if (slots.length === most) break;
    }
    return slots;
  }
}
