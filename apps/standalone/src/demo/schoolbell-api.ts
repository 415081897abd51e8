import type { Credentials } from './credentials.js';
import { DemoError } from './demo-error.js';

export interface DemoWebhook {
  id: string;
  secret: string;
}

export interface AcceptedEvent {
  id: string;
  duplicate: boolean;
  deliveries: number;
}

export interface LoggedDelivery {
  id: string;
  status: string;
  attemptCount: number;
}

export interface LoggedAttempt {
  number: number;
  outcome: string;
  response: { status: number } | null;
  timings: { totalMs: number };
}

export interface EventToPost {
  type: string;
  data: Record<string, unknown>;
  idempotencyKey: string;
}

/** The calls of the REST API that the demo makes: a customer's with their key, a runtime's with the platform's. */
export class SchoolbellApi {
  constructor(private readonly credentials: Credentials) {}

  createWebhook(settings: Record<string, unknown>): Promise<DemoWebhook> {
    return this.asCustomer('POST', '/v1/webhooks', settings);
  }

  async deleteWebhook(id: string): Promise<void> {
    await this.asCustomer('DELETE', `/v1/webhooks/${id}`);
  }

  async deliveriesOf(webhookId: string): Promise<LoggedDelivery[]> {
    const deliveries: LoggedDelivery[] = [];
    let cursor = '';
    do {
      const page: { data: LoggedDelivery[]; nextCursor: string | null } = await this.asCustomer(
        'GET',
        `/v1/webhooks/${webhookId}/deliveries?limit=100${cursor}`,
      );
      deliveries.push(...page.data);
      cursor = page.nextCursor === null ? '' : `&cursor=${encodeURIComponent(page.nextCursor)}`;
    } while (cursor !== '');
    return deliveries;
  }

  async attemptsOf(deliveryId: string): Promise<LoggedAttempt[]> {
    const path = `/v1/deliveries/${deliveryId}`;
    return (await this.asCustomer<{ attempts: LoggedAttempt[] }>('GET', path)).attempts;
  }

  postEvent(event: EventToPost): Promise<AcceptedEvent> {
    const { platformKey, tenantId } = this.credentials;
    return this.call(platformKey, 'POST', '/v1/events', { ...event, tenantId });
  }

  private asCustomer<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.call(this.credentials.tenantKey, method, path, body);
  }

  private async call<Answer>(
    key: string,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Answer> {
    const response = await this.request(path, {
      method,
      headers: {
        Authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new DemoError('refused', `${method} ${path} was answered ${response.status}: ${text}`);
    }
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }

  private async request(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(new URL(path, this.credentials.apiUrl), init);
    } catch {
      throw new DemoError(
        'not_running',
        `Nothing answers at ${this.credentials.apiUrl}. Start the product first: npm start`,
      );
    }
  }
}
