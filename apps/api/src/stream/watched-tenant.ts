import type { DeliveryFacts, OperationRow, Seen, WatchedWebhook } from '@schoolbell/persistence';
import { presentOperation } from '../operations/operation-document.js';
import type { ChangedDelivery } from './change-counts.js';
import { deletedWebhook, presentWatchedWebhook } from './stream-documents.js';
import type { Watch, WatchMessage } from './watch.js';

/** How long it is remembered what was sent: longer than looks overlap. */
const REMEMBERED_MS = 10_000;

/** A tenant that somebody watches: up to when it was looked at, and what was sent about it. */
export class WatchedTenant {
  readonly watches = new Set<Watch>();
  /** What the next look has to read: what moved, or everything. */
  due: 'moved' | 'all' | undefined;
  /** The last look: by the clock of the database, and in milliseconds of any origin. */
  at: Date;
  lookedAt: number;
  lookedAtAll: number;
  /** What the last look saw; undefined before the first one, and after one that failed. */
  seen: Seen | undefined;
  /** While very much changes, no look before this time. */
  restUntil = 0;

  private readonly began: number;
  private readonly told = new Map<string, Pick<DeliveryFacts, 'status' | 'updatedAt'>>();
  private webhooks: Map<string, string>;
  private readonly operations = new Map<string, string>();

  /** @param webhooks their state `at` that moment, by the clock of the database */
  constructor(
    readonly id: string,
    at: Date,
    webhooks: readonly WatchedWebhook[],
  ) {
    this.at = at;
    this.began = at.getTime();
    this.lookedAt = this.lookedAtAll = performance.now();
    this.webhooks = statesOf(webhooks);
  }

  mark(due: 'moved' | 'all'): void {
    if (this.due !== 'all') this.due = due;
  }

  /** The deliveries whose present state was not sent yet. @param since where the look begins */
  untold(facts: readonly DeliveryFacts[], since: Date): ChangedDelivery[] {
    const begin = Math.max(since.getTime(), this.began);
    const changed: ChangedDelivery[] = [];
    for (const one of facts) {
      const { id, status, updatedAt } = one;
      const told = this.told.get(id);
      if (told?.updatedAt === updatedAt && told.status === status) continue;
      this.told.set(id, { status, updatedAt });
      changed.push({ facts: one, isNew: told === undefined && one.createdAt >= begin });
    }
    return changed;
  }

  forgetOld(): void {
    const oldest = this.at.getTime() - REMEMBERED_MS;
    for (const [id, { updatedAt }] of this.told) if (updatedAt < oldest) this.told.delete(id);
  }

  /** Messages about webhooks whose state has changed. */
  changedWebhooks(webhooks: readonly WatchedWebhook[]): WatchMessage[] {
    const before = this.webhooks;
    const now = (this.webhooks = statesOf(webhooks));
    const changed = webhooks.filter((one) => before.get(one.id) !== stateOf(one));
    const deleted = [...before.keys()].filter((id) => !now.has(id));
    return [
      ...changed.map(webhookMessage),
      ...deleted.map(
        (id) => ({ event: 'webhook', data: deletedWebhook(id), webhookId: id }) as const,
      ),
    ];
  }

  /** Messages about operations whose state has changed since it was sent. */
  changedOperations(operations: readonly OperationRow[]): WatchMessage[] {
    return operations.flatMap((operation) => {
      const { id, status, done, failed, total } = operation;
      const state = [status, done, failed, total].join(' ');
      if (this.operations.get(id) === state) return [];
      this.operations.delete(id);
      this.operations.set(id, state);
      for (const oldest of this.operations.keys()) {
        if (this.operations.size <= MOST_OPERATIONS) break;
        this.operations.delete(oldest);
      }
      return [operationMessage(operation)];
    });
  }
}

const MOST_OPERATIONS = 200;

function statesOf(webhooks: readonly WatchedWebhook[]): Map<string, string> {
  return new Map(webhooks.map((one) => [one.id, stateOf(one)]));
}

function stateOf({ version, status, pauseReason, updatedAt }: WatchedWebhook): string {
  return [version, status, pauseReason, updatedAt.getTime()].join(' ');
}

export function webhookMessage(webhook: WatchedWebhook): WatchMessage {
  return { event: 'webhook', data: presentWatchedWebhook(webhook), webhookId: webhook.id };
}

export function operationMessage(operation: OperationRow): WatchMessage {
  return { event: 'operation', data: presentOperation(operation) };
}
