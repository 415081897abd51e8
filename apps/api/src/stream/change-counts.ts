import type { DeliveryFacts } from '@schoolbell/persistence';

/** How many deliveries changed, and to which state. */
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

/** Counts the changes that are not sent row by row. */
export class ChangeCounts {
  readonly total = none();
  readonly byWebhook = new Map<string, Counts>();

  static of(changes: readonly ChangedDelivery[]): ChangeCounts {
    const counts = new ChangeCounts();
    for (const one of changes) add(counts.of(one.facts.webhookId), one);
    for (const ofWebhook of counts.byWebhook.values()) addAll(counts.total, ofWebhook);
    return counts;
  }

  /** Whether nothing changed; a change may count as none of the four. */
  get isEmpty(): boolean {
    return this.byWebhook.size === 0;
  }

  addAll(others: ChangeCounts): void {
    addAll(this.total, others.total);
    for (const [webhookId, counts] of others.byWebhook) addAll(this.of(webhookId), counts);
  }

  private of(webhookId: string): Counts {
    let counts = this.byWebhook.get(webhookId);
    if (!counts) this.byWebhook.set(webhookId, (counts = none()));
    return counts;
  }
}

function add(counts: Counts, { facts, isNew }: ChangedDelivery): void {
  if (isNew) counts.created++;
  const kind = kindOf(facts);
  if (kind) counts[kind]++;
}

function addAll(counts: Counts, others: Counts): void {
  counts.created += others.created;
  counts.delivered += others.delivered;
  counts.failed += others.failed;
  counts.dead += others.dead;
}

function kindOf({ status, errorCode }: DeliveryFacts): keyof Counts | undefined {
  if (status === 'delivered' || status === 'dead') return status;
  const isRetried = (status === 'pending' || status === 'held') && errorCode !== null;
  return isRetried ? 'failed' : undefined;
}

const none = (): Counts => ({ created: 0, delivered: 0, failed: 0, dead: 0 });
