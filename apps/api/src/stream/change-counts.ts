import type { DeliveryFacts } from '@schoolbell/persistence';

/** How many deliveries changed, and to what. */
export interface Counts {
  created: number;
  delivered: number;
  failed: number;
  dead: number;
}

/** A delivery that changed, and whether it is new. */
export interface ChangedDelivery {
  facts: DeliveryFacts;
  isNew: boolean;
}

/** Counts what is not told row by row. */
export class ChangeCounts {
  #total = none();
  #byWebhook = new Map<string, Counts>();
  #changed = 0;

  get isEmpty(): boolean {
    return this.#changed === 0;
  }

  add({ facts, isNew }: ChangedDelivery): void {
    this.#changed++;
    let ofWebhook = this.#byWebhook.get(facts.webhookId);
    if (!ofWebhook) this.#byWebhook.set(facts.webhookId, (ofWebhook = none()));
    const kind = kindOf(facts);
    for (const counts of [this.#total, ofWebhook]) {
      if (isNew) counts.created++;
      if (kind) counts[kind]++;
    }
  }

  /** What was counted, by webhook too; counts from nothing again. */
  take(): { total: Counts; byWebhook: Map<string, Counts> } {
    const taken = { total: this.#total, byWebhook: this.#byWebhook };
    this.#total = none();
    this.#byWebhook = new Map();
    this.#changed = 0;
    return taken;
  }
}

function kindOf({ status, errorCode }: DeliveryFacts): keyof Counts | undefined {
  if (status === 'delivered' || status === 'dead') return status;
  const isRetried = (status === 'pending' || status === 'held') && errorCode !== null;
  return isRetried ? 'failed' : undefined;
}

const none = (): Counts => ({ created: 0, delivered: 0, failed: 0, dead: 0 });
