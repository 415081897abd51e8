import { randomBytes } from 'node:crypto';
import { uuidV7 } from '@schoolbell/ids';
import {
  type AttemptError,
  type AttemptRecord,
  type ClaimedDelivery,
  type RecordReport,
  type Verdict,
} from '@schoolbell/delivery';
import type { Author } from '@schoolbell/identity';
import {
  openDatabase,
  PostgresDeliveryStore,
  PostgresEventIntake,
  PostgresFanOuts,
  WebhookRepository,
  type Database,
} from '@schoolbell/persistence';
import { it } from 'vitest';
import {
  AN_AUTHOR,
  closing,
  createDatabase,
  startReceiver,
  type TestDatabase,
} from '../support/index.js';

/** A person who changes something by hand. */
export const AUTHOR: Author = {
  actor: { kind: 'api_key', id: 'key_of_a_test', name: 'A test' },
  address: '127.0.0.1',
  requestId: 'req_of_a_test',
};

export const TIMED_OUT: AttemptError = { code: 'timeout', message: 'No answer within 10 s.' };
export const DELIVERED: Verdict = { kind: 'delivered' };
export const FAILED: Verdict = { kind: 'rescheduled', delaySeconds: 30, error: TIMED_OUT };
export const EXHAUSTED: Verdict = { kind: 'dead', webhookGone: false, error: TIMED_OUT };
export const GONE: Verdict = {
  kind: 'dead',
  webhookGone: true,
  error: { code: 'http_status', message: 'The receiver answered 410 Gone.' },
};

export interface NewWebhook {
  status?: 'active' | 'paused';
  autoPauseAfter?: number;
  consecutiveFailures?: number;
  rateLimit?: number;
  filter?: string;
  /** Default: none; deliveries are inserted by hand. */
  eventTypes?: string[];
  ordering?: 'none' | 'session';
  fallbackUrl?: string;
  packageIds?: string[];
  delivery?: Record<string, unknown>;
}

export interface NewDeliveries {
  count?: number;
  test?: boolean;
  /** Seconds from now; negative numbers are in the past. */
  dueIn?: number;
  /** Default `session.completed`. */
  eventType?: string;
}

/** A database with one tenant and a store, and short ways to insert deliveries and to look at them. */
export class DeliveryFixtures {
  readonly tenantId = uuidV7();
  readonly store: PostgresDeliveryStore;
  private readonly others: Database[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly db: Database,
  ) {
    this.store = new PostgresDeliveryStore(db);
  }

  static async open(given?: TestDatabase): Promise<DeliveryFixtures> {
    const database = given ?? (await createDatabase());
    const db = openDatabase({ url: database.url, encryptionKeys: [randomBytes(32)] });
    const fixtures = new DeliveryFixtures(database, db);
    await fixtures.sql(`INSERT INTO tenants (id, name) VALUES ($1, 'Acme')`, [fixtures.tenantId]);
    return fixtures;
  }

  async close(): Promise<void> {
    await Promise.all([this.db, ...this.others].map((db) => db.close()));
    await this.database.drop();
  }

  /**
   * The connections of another process to the same database, until {@link close}.
   *
   * @param url another way to the database
   */
  openAnother(url = this.database.url): Database {
    const db = openDatabase({ url, encryptionKeys: [randomBytes(32)] });
    this.others.push(db);
    return db;
  }

  // oxlint-disable-next-line typescript/no-explicit-any
  async sql(text: string, values: unknown[] = []): Promise<any[]> {
    return (await this.db.intakePool.query(text, values)).rows;
  }

  async addWebhook(webhook: NewWebhook = {}): Promise<string> {
    const id = uuidV7();
    const box = this.db.secretBox;
    await this.sql(
      `INSERT INTO webhooks (id, tenant_id, url, format, authentication, headers, secret,
         timeout_seconds, retry_schedule, auto_pause_after, delivery, status, consecutive_failures,
         rate_limit, metadata, event_types, ordering, fallback_url, package_ids, filter)
       VALUES ($1, $2, 'https://lms.example.com/hook', 'allureconnect', $3, $4, $5,
         10, '{30,120}', $6, $14, $7, $8, $9, '{}', $10, $11, $12, $13, $15)`,
      [
        id,
        this.tenantId,
        box.encrypt('{"type":"signature"}'),
        box.encrypt('{}'),
        box.encrypt('whsec_secret'),
        webhook.autoPauseAfter ?? 5,
        webhook.status ?? 'active',
        webhook.consecutiveFailures ?? 0,
        webhook.rateLimit ?? null,
        webhook.eventTypes ?? [],
        webhook.ordering ?? 'none',
        webhook.fallbackUrl ?? null,
        webhook.packageIds ?? [],
        JSON.stringify(webhook.delivery ?? {}),
        webhook.filter ?? null,
      ],
    );
    return id;
  }

  /** Accepts events of sessions, or of none, as one batch. @returns their ids */
  async accept(sessions: readonly (string | undefined)[]): Promise<string[]> {
    const events = sessions.map((sessionId) => ({
      id: uuidV7(),
      tenantId: this.tenantId,
      type: 'session.completed',
      occurredAt: new Date(),
      payload: '{}',
      subject: sessionId ? { sessionId } : {},
    }));
    await new PostgresEventIntake(this.db).accept(events);
    return events.map(({ id }) => id);
  }

  /** Adds events with one waiting delivery each, one millisecond after the other. */
  async addDeliveries(webhookId: string, options: NewDeliveries = {}): Promise<string[]> {
    const { count = 1, eventType = 'session.completed' } = options;
    const ids = Array.from({ length: count }, () => uuidV7());
    const eventIds = ids.map(() => uuidV7());
    const values = [ids, eventIds, this.tenantId, webhookId, options.test ?? false];
    await this.sql(
      `WITH e AS (
         INSERT INTO events (id, tenant_id, type, occurred_at, payload, test)
         SELECT unnest($1::uuid[]), $2, $4, '2026-01-02T03:04:05.678Z', '{"a":1}', $3)
       SELECT 1`,
      [eventIds, this.tenantId, options.test ?? false, eventType],
    );
    await this.sql(
      `INSERT INTO deliveries (id, event_id, tenant_id, webhook_id, test, event_type, next_attempt_at)
       SELECT unnest($1::uuid[]), unnest($2::uuid[]), $3, $4, $5, $6, now()`,
      [...values, eventType],
    );
    await this.sql(
      `INSERT INTO due_deliveries (delivery_id, event_id, tenant_id, webhook_id, test, trigger, due_at)
       SELECT r.id, r.event_id, $3, $4, $5, CASE WHEN $5 THEN 'test' ELSE 'scheduled' END,
         now() + $6 * interval '1 second' + r.n * interval '1 millisecond'
       FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS r (id, event_id, n)`,
      [...values, options.dueIn ?? -60],
    );
    return ids;
  }

  async claim(webhookId: string, free = 1000): Promise<ClaimedDelivery[]> {
    const slots = [{ webhookId, free }];
    return (await this.store.claim({ slots, limit: 1000, leaseSeconds: 60 })).deliveries;
  }

  /** Records as the dispatcher does: repeats what was set aside because somebody else records for its webhook. */
  async record(attempts: readonly AttemptRecord[]): Promise<RecordReport> {
    const report = await this.store.record(attempts);
    if (report.setAside.length === 0) return report;
    const again = attempts.filter(({ claimed }) => report.setAside.includes(claimed.id));
    const { paused } = await this.record(again);
    return { ...report, paused: [...report.paused, ...paused], setAside: [] };
  }

  /** Fans out the stored events. @returns the webhooks to wake */
  async fanOut(fanOuts = new PostgresFanOuts(this.db)): Promise<string[]> {
    const webhookIds: string[] = [];
    for (let step = await fanOuts.next(); step; step = await fanOuts.next()) {
      webhookIds.push(...step.webhookIds);
    }
    return webhookIds;
  }

  /** As if the dispatcher that leased them had been gone for longer than its lease. */
  async endLeases(): Promise<void> {
    await this.sql(
      `UPDATE due_deliveries SET leased_until = now() - interval '1 second'
       WHERE leased_until IS NOT NULL`,
    );
  }

  /** Finds what claims pass over: what an ended lease has left behind. */
  async sweep(): Promise<void> {
    await this.store.webhooksWithDueDeliveries(100);
  }

  /** Resumes as a customer does, who tries again if somebody has changed the webhook meanwhile. */
  async resume(webhookId: string, held: 'send' | 'discard'): Promise<void> {
    const webhooks = new WebhookRepository(this.db);
    const webhook = await webhooks.find(this.tenantId, webhookId);
    if (!(await webhooks.resume(AN_AUTHOR, webhook!, held, 'active')))
      await this.resume(webhookId, held);
  }

  async deleteWebhook(id: string): Promise<void> {
    await this.sql('UPDATE webhooks SET deleted_at = now() WHERE id = $1', [id]);
  }

  /** As if the event were older than the retention. */
  async pruneEventOf(deliveryId: string): Promise<void> {
    await this.sql(
      'DELETE FROM events WHERE id = (SELECT event_id FROM deliveries WHERE id = $1)',
      [deliveryId],
    );
  }

  // oxlint-disable-next-line typescript/no-explicit-any
  async delivery(id: string): Promise<any> {
    return (await this.sql('SELECT * FROM deliveries WHERE id = $1', [id]))[0];
  }

  // oxlint-disable-next-line typescript/no-explicit-any
  async due(id: string): Promise<any> {
    return (await this.sql('SELECT * FROM due_deliveries WHERE delivery_id = $1', [id]))[0];
  }

  // oxlint-disable-next-line typescript/no-explicit-any
  async webhook(id: string): Promise<any> {
    return (await this.sql('SELECT * FROM webhooks WHERE id = $1', [id]))[0];
  }

  // oxlint-disable-next-line typescript/no-explicit-any
  async attempts(deliveryId: string): Promise<any[]> {
    return this.sql('SELECT * FROM attempts WHERE delivery_id = $1 ORDER BY number', [deliveryId]);
  }
}

/** A test with {@link DeliveryFixtures} that its file shares, and a receiver of its own. */
export const deliveryTest = it
  .extend('fixtures', { scope: 'file' }, closing(DeliveryFixtures.open))
  .extend('receiver', closing(startReceiver));

/** The same with its own fixtures: for tests that change or count everything. */
export const loneDeliveryTest = it
  .extend('fixtures', closing(DeliveryFixtures.open))
  .extend('receiver', closing(startReceiver));

/** What a dispatcher would record for a claimed delivery after sending it. */
export function attemptOf(
  claimed: ClaimedDelivery,
  verdict: Verdict,
  changes: Partial<AttemptRecord> = {},
): AttemptRecord {
  const status = verdict.kind === 'delivered' ? 200 : 500;
  return {
    claimed,
    attemptId: uuidV7(),
    verdict,
    at: new Date(),
    url: 'https://lms.example.com/hook',
    format: 'allureconnect',
    renderedWith: null,
    requestHeaders: { 'content-type': 'application/json' },
    response: { status, headers: { server: 'x' }, body: 'ok', truncated: false },
    error: verdict.kind === 'delivered' ? null : verdict.error,
    timings: { dnsMs: null, connectMs: 1, tlsMs: 2, firstByteMs: 3, totalMs: 4 },
    ...changes,
  };
}
