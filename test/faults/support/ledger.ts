import { toTypeId } from '@schoolbell/ids';
import { expect } from 'vitest';
import { apiClient, eventually, LONG_RUNS, type Schoolbell } from '../../support/index.js';
import { Poster } from './poster.js';
import { ReceiverUnderLoad } from './receiver-under-load.js';

/** Ten times the deliveries to receivers that never answer take ten times their deadlines. */
const SETTLE_TIMEOUT_MS = LONG_RUNS ? 120_000 : 40_000;

/** A delivery as the log has it at the end. */
interface LoggedDelivery {
  event_id: string;
  url: string;
  status: string;
  error: string | null;
  attempt_count: number;
  attempts: number;
  numbers: number;
  interrupted: number;
  too_late: number;
  succeeded: number;
}

const LOG = `
SELECT d.event_id, w.url, d.status, d.last_error_code AS error, d.attempt_count,
  count(a.id)::integer AS attempts, count(DISTINCT a.number)::integer AS numbers,
  count(a.id) FILTER (WHERE a.outcome = 'interrupted')::integer AS interrupted,
  count(a.id) FILTER (WHERE a.error_code = 'timeout')::integer AS too_late,
  count(a.id) FILTER (WHERE a.outcome = 'delivered')::integer AS succeeded
FROM deliveries d
JOIN webhooks w ON w.id = d.webhook_id
LEFT JOIN attempts a ON a.delivery_id = d.id
WHERE d.event_type = 'session.completed' AND NOT d.test AND d.tenant_id = $1
GROUP BY d.id, w.url`;

/** The same, for each webhook. */
interface WebhookFigures {
  deliveries: Record<string, number>;
  attempts: number;
}

/** The result of closing the books. */
interface Figures {
  /** By the path of its URL. */
  byWebhook: Record<string, WebhookFigures>;
  /** Deliveries by status; dead ones also by their error. */
  deliveries: Record<string, number>;
  /** Requests that a receiver took although it had taken the delivery before. */
  repeats: number;
  /** Attempts that the log shows as interrupted. */
  interrupted: number;
}

/**
 * Double-entry books of a tenant under load: the API's promises on one side, what the receiver took and the log shows
 * on the other. Every webhook wants every event.
 */
export class Ledger {
  readonly poster: Poster;
  private readonly webhooks: string[] = [];

  constructor(
    private readonly schoolbell: Pick<
      Schoolbell,
      'apiUrl' | 'tenantKey' | 'tenantUuid' | 'database'
    >,
    readonly receiver: ReceiverUnderLoad,
  ) {
    this.poster = new Poster(schoolbell);
  }

  /** Registers a webhook at a path of the receiver, such as `/one`. @returns its TypeID */
  async addWebhook(path: string, settings: Record<string, unknown> = {}): Promise<string> {
    return this.addWebhookAt(this.receiver.urlOf(path), settings);
  }

  /** Registers a webhook at another receiver. @returns its TypeID */
  async addWebhookAt(url: string, settings: Record<string, unknown> = {}): Promise<string> {
    const { apiUrl, tenantKey } = this.schoolbell;
    const webhook = { url, events: ['session.completed'], ...settings };
    const { status, body } = await apiClient(apiUrl, tenantKey).post('/v1/webhooks', webhook);
    if (status !== 201) throw new Error(`No webhook: ${status} ${JSON.stringify(body)}`);
    this.webhooks.push(url);
    return body.id;
  }

  /** Resolves once nothing waits to be sent. */
  async settled(): Promise<void> {
    const { database, tenantUuid } = this.schoolbell;
    const waiting = async (): Promise<void> => {
      const [row] = await database.query(
        `SELECT count(*)::integer AS waiting, min(due_at) AS next FROM due_deliveries
         WHERE tenant_id = $1`,
        [tenantUuid],
      );
      expect(row).toMatchObject({ waiting: 0 });
    };
    await eventually(waiting, { timeoutMs: SETTLE_TIMEOUT_MS, intervalMs: 200 });
  }

  /**
   * Balances the books to the last request, or throws. Every key has one event, every event one delivery per webhook,
   * and every delivery its complete history. A delivered delivery was taken once, any other not at all. Each further
   * time it was taken, the log has an attempt that was interrupted, or whose answer came after the deadline.
   *
   * @param options with `waiting`, waiting deliveries count as such and are not waited for
   */
  async close(options: { waiting?: boolean } = {}): Promise<Figures> {
    if (!options.waiting) await this.settled();
    const promised = [...this.poster.promised.values()].toSorted();
    expect(new Set(promised).size, 'keys that share an event').toBe(promised.length);
    expect(await this.storedEvents(), 'events stored = events promised').toEqual(promised);

    const { database, tenantUuid } = this.schoolbell;
    const log = await database.query<LoggedDelivery>(LOG, [tenantUuid]);
    expect(log.map(nameOf).toSorted(), 'one delivery per event and webhook').toEqual(
      this.webhooks.flatMap((url) => promised.map((id) => `${url} ${id}`)).toSorted(),
    );
    const figures: Figures = { byWebhook: {}, deliveries: {}, repeats: 0, interrupted: 0 };
    let accountedFor = 0;
    for (const delivery of log) accountedFor += this.balance(delivery, figures);
    const taken = [...this.receiver.taken.values()].reduce((sum, count) => sum + count, 0);
    expect(accountedFor, 'every request that was taken is of a delivery in the log').toBe(taken);
    return figures;
  }

  /** @returns how often the delivery was taken */
  private balance(delivery: LoggedDelivery, figures: Figures): number {
    const name = nameOf(delivery);
    const { status, error, attempts, interrupted, succeeded } = delivery;
    expect(delivery, name).toMatchObject({ attempt_count: attempts, numbers: attempts });
    expect(succeeded, `${name}: successful attempts`).toBe(status === 'delivered' ? 1 : 0);
    const { pathname } = new URL(delivery.url);
    const taken =
      this.receiver.taken.get(`${pathname} ${toTypeId('event', delivery.event_id)}`) ?? 0;
    const repeats = taken - succeeded;
    expect(repeats, `${name}: taken as often as it succeeded`).toBeGreaterThanOrEqual(0);
    expect(repeats, `${name}: repeats are of attempts without a known end`).toBeLessThanOrEqual(
      interrupted + delivery.too_late,
    );
    const state = status === 'dead' ? `dead: ${error}` : status;
    const webhook = (figures.byWebhook[pathname] ??= { deliveries: {}, attempts: 0 });
    webhook.attempts += attempts;
    for (const { deliveries } of [webhook, figures]) {
      deliveries[state] = (deliveries[state] ?? 0) + 1;
    }
    figures.repeats += repeats;
    figures.interrupted += interrupted;
    return taken;
  }

  private async storedEvents(): Promise<string[]> {
    const { database, tenantUuid } = this.schoolbell;
    const rows = await database.query<{ id: string }>(
      "SELECT id FROM events WHERE type = 'session.completed' AND NOT test AND tenant_id = $1",
      [tenantUuid],
    );
    return rows.map(({ id }) => toTypeId('event', id)).toSorted();
  }
}

function nameOf({ event_id, url }: LoggedDelivery): string {
  return `${url} ${toTypeId('event', event_id)}`;
}
