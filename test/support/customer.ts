import { randomUUID } from 'node:crypto';
import type {
  DeliveryDocument,
  DeliveryHistoryDocument,
  OperationDocument,
  UpdateTenantData,
  WebhookDocument,
} from '@schoolbell/api-client';
import { apiClient, type ApiClient } from './api-client.js';
import { eventually } from './eventually.js';
import type { Schoolbell } from './start-schoolbell.js';

/** A webhook that listens to one package only, so that the tests of one installation do not affect each other. */
export interface OwnWebhook {
  /** TypeID. */
  id: string;
  secret: string;
  packageId: string;
}

/** A tenant that registers webhooks, and the runtime service that reports its events. */
export class Customer {
  readonly api: ApiClient;
  private readonly runtime: ApiClient;
  private readonly tenantId: string;

  constructor({
    apiUrl,
    tenantKey,
    platformKey,
    tenantId,
  }: Pick<Schoolbell, 'apiUrl' | 'tenantKey' | 'platformKey' | 'tenantId'>) {
    this.api = apiClient(apiUrl, tenantKey);
    this.runtime = apiClient(apiUrl, platformKey, { 'x-tenant-id': tenantId });
    this.tenantId = tenantId;
  }

  /** The platform changes the tenant. */
  async gets(plan: UpdateTenantData['body']): Promise<void> {
    const { status } = await this.runtime.patch(`/v1/tenants/${this.tenantId}`, plan);
    if (status !== 200) throw new Error(`No change: ${status}`);
  }

  /** Registers a webhook for a new package, or for that of another webhook. */
  async webhook(url: string, settings: Record<string, unknown> = {}): Promise<OwnWebhook> {
    const packageId = `pkg_${randomUUID()}`;
    const { status, body } = await this.api.post('/v1/webhooks', {
      url,
      events: ['session.completed'],
      scopes: { packageIds: [packageId] },
      ...settings,
    });
    if (status !== 201) throw new Error(`No webhook: ${status} ${JSON.stringify(body)}`);
    return { id: body.id, secret: body.secret, packageId };
  }

  /** Reports that a learner completed the webhook's package. @returns the event's id */
  completes({ packageId }: Pick<OwnWebhook, 'packageId'>): Promise<string> {
    return this.reports('session.completed', { packageId, completionStatus: 'completed' });
  }

  /** Reports an event of a learner's new session. @returns the event's id */
  async reports(type: string, about: Record<string, unknown>): Promise<string> {
    return this.posts(type, { sessionId: `ses_${randomUUID()}`, learnerId: 'lrn_1', ...about });
  }

  /** The runtime service posts an event with exactly this data. @returns its id */
  async posts(type: string, data: object): Promise<string> {
    const { status, body } = await this.runtime.post('/v1/events', { type, data });
    if (status !== 202) throw new Error(`Not accepted: ${status} ${JSON.stringify(body)}`);
    return body.id;
  }

  /** The runtime service launches a session. @returns the URL to which its page commits */
  async launches(session: Record<string, unknown>): Promise<string> {
    const { status, body } = await this.runtime.post('/v1/scorm/launches', session);
    if (status !== 201) throw new Error(`Not launched: ${status} ${JSON.stringify(body)}`);
    return body.commitUrl;
  }

  /** Reports many completions at once. @returns the events' ids */
  async completesTimes(webhook: Pick<OwnWebhook, 'packageId'>, times: number): Promise<string[]> {
    return Promise.all(Array.from({ length: times }, () => this.completes(webhook)));
  }

  /** Every delivery of a webhook, newest first. */
  async deliveries(webhook: OwnWebhook): Promise<DeliveryDocument[]> {
    const found: DeliveryDocument[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
      const path = `/v1/deliveries?limit=100&webhookId=${webhook.id}${page}`;
      const { status, body } = await this.api.get(path);
      if (status !== 200) throw new Error(`No deliveries: ${status} ${JSON.stringify(body)}`);
      found.push(...body.data);
      cursor = body.nextCursor;
    }
    return found;
  }

  /** The only delivery of a webhook, with its history. */
  async delivery(webhook: OwnWebhook): Promise<DeliveryHistoryDocument> {
    const [delivery, ...others] = await this.deliveries(webhook);
    if (!delivery || others.length > 0) throw new Error(`${others.length + 1} deliveries`);
    return (await this.api.get(`/v1/deliveries/${delivery.id}`)).body;
  }

  /** Resolves once the webhook's only delivery has this status. */
  async deliveryIs(
    webhook: OwnWebhook,
    status: DeliveryDocument['status'],
    timeoutMs?: number,
  ): Promise<DeliveryHistoryDocument> {
    return this.deliveryWhere(webhook, (delivery) => delivery.status === status, timeoutMs);
  }

  /** Resolves once the fallback of the webhook's only delivery has this status. */
  async fallbackIs(webhook: OwnWebhook, status: string): Promise<DeliveryHistoryDocument> {
    return this.deliveryWhere(webhook, ({ fallback }) => fallback?.status === status, 15_000);
  }

  private async deliveryWhere(
    webhook: OwnWebhook,
    isSo: (delivery: DeliveryHistoryDocument) => boolean,
    timeoutMs?: number,
  ): Promise<DeliveryHistoryDocument> {
    return eventually(
      async () => {
        const delivery = await this.delivery(webhook);
        if (!isSo(delivery)) throw new Error(`It is ${JSON.stringify(delivery)}`);
        return delivery;
      },
      { timeoutMs, intervalMs: 100 },
    );
  }

  /** How many deliveries of a webhook are in which state. */
  async ledger(webhook: OwnWebhook): Promise<Partial<Record<DeliveryDocument['status'], number>>> {
    const counts: Partial<Record<DeliveryDocument['status'], number>> = {};
    for (const { status } of await this.deliveries(webhook)) {
      counts[status] = (counts[status] ?? 0) + 1;
    }
    return counts;
  }

  /** Resolves to an operation once it has ended. */
  async ended(operationId: string): Promise<OperationDocument> {
    return eventually(
      async () => {
        const { body } = await this.api.get(`/v1/operations/${operationId}`);
        if (body.status === 'running') throw new Error(`It is ${JSON.stringify(body)}`);
        return body;
      },
      { timeoutMs: 25_000, intervalMs: 100 },
    );
  }

  async status(webhook: OwnWebhook): Promise<WebhookDocument> {
    return (await this.api.get(`/v1/webhooks/${webhook.id}`)).body;
  }
}
