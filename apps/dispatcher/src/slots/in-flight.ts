import type { ClaimedDelivery } from '@schoolbell/delivery';

/** The share of a dispatcher that one tenant may fill: the rest is free when another tenant comes. */
const SHARE_OF_TENANT = 7 / 8;
/** With fewer slots than this, none is kept back. */
const FEWEST_TO_SHARE = 8;

export interface InFlightLimits {
  /** Deliveries that are claimed and not yet recorded; from 8 on, one tenant has at most 7/8 of them. */
  total: number;
  /** Requests of one webhook that are under way. */
  perWebhook: number;
}

type Stage = 'claimed' | 'sent' | 'answered' | 'set aside';

/**
 * The deliveries that this dispatcher holds a lease for. A webhook's slot is free again once its receiver has answered;
 * the dispatcher's own only once the outcome is recorded, so that outcomes cannot pile up while Postgres is away. An
 * outcome that is set aside takes the webhook's slot again, so that outcomes cannot pile up for one webhook either.
 * Tests are held too, but in addition to the limits: the person who asked for one is waiting.
 */
export class InFlight {
  /** Keyed by object: a delivery that is claimed again, after its lease ended, is another one. */
  private readonly held = new Map<ClaimedDelivery, Stage>();
  private readonly perWebhook = new Map<string, number>();
  private readonly perTenant = new Map<string, number>();
  private readonly mostPerTenant: number;
  private counted = 0;
  private onFreed: () => void = () => undefined;

  constructor(private readonly limits: InFlightLimits) {
    const { total } = limits;
    this.mostPerTenant = total < FEWEST_TO_SHARE ? total : Math.floor(total * SHARE_OF_TENANT);
  }

  /** @param listener called each time a slot comes free, because of an answer or because a delivery is done */
  whenFreed(listener: () => void): void {
    this.onFreed = listener;
  }

  get size(): number {
    return this.held.size;
  }

  /** How many fit, tests beside them. */
  get total(): number {
    return this.limits.total;
  }

  get free(): number {
    return Math.max(0, this.limits.total - this.counted);
  }

  /** Whether more is free than what is kept back from a tenant that fills its share. */
  get hasRoom(): boolean {
    return this.free > this.limits.total - this.mostPerTenant;
  }

  freeFor(webhookId: string): number {
    return Math.max(0, this.limits.perWebhook - (this.perWebhook.get(webhookId) ?? 0));
  }

  freeForTenant(tenantId: string): number {
    return Math.max(
      0,
      Math.min(this.free, this.mostPerTenant - (this.perTenant.get(tenantId) ?? 0)),
    );
  }

  take(claimed: ClaimedDelivery): void {
    this.held.set(claimed, 'claimed');
    if (claimed.test) return;
    this.counted++;
    add(this.perWebhook, claimed.webhookId, 1);
    add(this.perTenant, claimed.event.tenantId, 1);
  }

  sent(claimed: ClaimedDelivery): void {
    if (this.held.has(claimed)) this.held.set(claimed, 'sent');
  }

  answered(claimed: ClaimedDelivery): void {
    if (this.leaveWebhook(claimed)) this.onFreed();
  }

  /** Answered, but its outcome cannot be recorded now. */
  setAside(claimed: ClaimedDelivery): void {
    if (this.held.get(claimed) !== 'answered') return;
    this.held.set(claimed, 'set aside');
    if (!claimed.test) add(this.perWebhook, claimed.webhookId, 1);
  }

  /** The same lease, with fewer events in its batch. */
  replace(claimed: ClaimedDelivery, left: ClaimedDelivery): void {
    const stage = this.held.get(claimed);
    if (!stage || left === claimed) return;
    this.held.delete(claimed);
    this.held.set(left, stage);
  }

  /** Recorded or discarded: no longer this dispatcher's. */
  done(claimed: ClaimedDelivery): void {
    if (this.leave(claimed)) this.onFreed();
  }

  /** Given back, or left until its lease ends. Nobody is told: a claim at once would only find the same again. */
  givenUp(claimed: ClaimedDelivery): void {
    this.leave(claimed);
  }

  /** Deliveries without an outcome so far, to be given back. */
  unanswered(): { claimed: ClaimedDelivery; sent: boolean }[] {
    return [...this.held]
      .filter(([, stage]) => stage === 'claimed' || stage === 'sent')
      .map(([claimed, stage]) => ({ claimed, sent: stage === 'sent' }));
  }

  /** @returns whether it was here */
  private leave(claimed: ClaimedDelivery): boolean {
    this.leaveWebhook(claimed);
    if (!this.held.delete(claimed)) return false;
    if (claimed.test) return true;
    this.counted--;
    add(this.perTenant, claimed.event.tenantId, -1);
    return true;
  }

  /** @returns whether it was still on its way to the receiver */
  private leaveWebhook(claimed: ClaimedDelivery): boolean {
    const stage = this.held.get(claimed);
    if (!stage || stage === 'answered') return false;
    this.held.set(claimed, 'answered');
    if (!claimed.test) add(this.perWebhook, claimed.webhookId, -1);
    return true;
  }
}

/** Removes an entry that falls to zero. */
function add(counts: Map<string, number>, key: string, change: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
