import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Claim, ClaimRequest, DeliveryStore } from '@schoolbell/delivery';
import { aClaim } from './a-claim.js';

/** The store is away. */
export class AwayError extends Error {}

/**
 * Stands in for a store where only the number of claimed deliveries matters, and says what its claims asked for. It
 * follows what the conformance suite of `DeliveryStore` says about slots; it has no due times and no leases.
 */
export class DueDeliveries implements Pick<DeliveryStore, 'claim'> {
  readonly asked: ClaimRequest[] = [];
  readonly due = new Map<string, number>();
  /** Webhooks that are limited to one delivery per claim, and in how many ms to come back for them. */
  readonly rates = new Map<string, number>();
  broken = 0;
  /** Claims that include one of these fail, for a reason of its own. */
  readonly poisoned = new Set<string>();

  async claim(request: ClaimRequest): Promise<Claim> {
    this.asked.push(request);
    await nextTurn();
    if (this.broken-- > 0) throw new AwayError();
    if (request.slots.some(({ webhookId }) => this.poisoned.has(webhookId))) throw new Error('bug');
    const claim: Claim = { deliveries: [], withMore: [], paced: [], operationalEvents: false };
    for (const { webhookId, free } of request.slots) {
      const due = this.due.get(webhookId) ?? 0;
      const againInMs = this.rates.get(webhookId);
      const most = againInMs === undefined ? free : Math.min(free, 1);
      const taken = Math.min(due, most, request.limit - claim.deliveries.length);
      this.due.set(webhookId, due - taken);
      for (let i = 0; i < taken; i++) claim.deliveries.push(aClaim({ webhookId }, webhookId[0]!));
      if (againInMs !== undefined && free > 0) claim.paced.push({ webhookId, againInMs });
      else if (due > taken) claim.withMore.push(webhookId);
    }
    return claim;
  }
}
