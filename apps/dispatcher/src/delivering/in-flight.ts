import type { ClaimedDelivery } from '@schoolbell/delivery';

export interface InFlightLimits {
  /** Deliveries that are claimed and not yet recorded. */
  total: number;
  /** Requests of one webhook that are on their way. */
  perWebhook: number;
}

type Stage = 'claimed' | 'sent' | 'answered';

interface Held {
  claimed: ClaimedDelivery;
  stage: Stage;
}

/**
 * What this dispatcher holds a lease for. A webhook's slot is free again once its receiver has answered; the
 * dispatcher's own only once the outcome is recorded, so that outcomes cannot pile up while Postgres is away.
 * Tests are held too, but beside the limits: the person who asked for one is waiting.
 */
export class InFlight {
  private readonly held = new Map<string, Held>();
  private readonly perWebhook = new Map<string, number>();
  private counted = 0;

  constructor(private readonly limits: InFlightLimits) {}

  get size(): number {
    return this.held.size;
  }

  get free(): number {
    return Math.max(0, this.limits.total - this.counted);
  }

  freeFor(webhookId: string): number {
    return Math.max(0, this.limits.perWebhook - (this.perWebhook.get(webhookId) ?? 0));
  }

  take(claimed: ClaimedDelivery): void {
    this.held.set(claimed.leaseId + claimed.id, { claimed, stage: 'claimed' });
    if (claimed.test) return;
    this.counted++;
    this.perWebhook.set(claimed.webhookId, (this.perWebhook.get(claimed.webhookId) ?? 0) + 1);
  }

  sent(claimed: ClaimedDelivery): void {
    const held = this.held.get(claimed.leaseId + claimed.id);
    if (held) held.stage = 'sent';
  }

  answered(claimed: ClaimedDelivery): void {
    const held = this.held.get(claimed.leaseId + claimed.id);
    if (!held || held.stage === 'answered') return;
    held.stage = 'answered';
    if (!claimed.test) this.freeWebhookSlot(claimed.webhookId);
  }

  /** Recorded, given back or given up: no longer ours. */
  done(claimed: ClaimedDelivery): void {
    this.answered(claimed);
    if (this.held.delete(claimed.leaseId + claimed.id) && !claimed.test) this.counted--;
  }

  /** Those without an outcome yet, for giving back. */
  unanswered(): { claimed: ClaimedDelivery; sent: boolean }[] {
    return [...this.held.values()]
      .filter(({ stage }) => stage !== 'answered')
      .map(({ claimed, stage }) => ({ claimed, sent: stage === 'sent' }));
  }

  private freeWebhookSlot(webhookId: string): void {
    const left = (this.perWebhook.get(webhookId) ?? 0) - 1;
    if (left > 0) this.perWebhook.set(webhookId, left);
    else this.perWebhook.delete(webhookId);
  }
}
