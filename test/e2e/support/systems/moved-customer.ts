import { eventTypeNamed } from '@schoolbell/catalogue';
import { SCORM_API_EVENT_NAMES } from '@schoolbell/formats';
import { expect } from 'vitest';
import type { ExampleReceiver } from '../../../receivers/support/start-example.js';
import {
  Customer,
  seedTenant,
  startReceiver,
  type OwnWebhook,
  type ReceivedRequest,
  type Receiver,
  type Reply,
  type JoinedSchoolbell,
} from '../../../support/index.js';
import { startReceiverOf } from './start-receiver-of.js';
import type { System } from './system.js';

/** Headers of the connection, or that `fetch` sets itself. */
const OF_CONNECTION = ['connection', 'content-length', 'host'];

/**
 * A customer who has moved from another system and registered their old receiver with Schoolbell: a tenant of their
 * own.
 */
export class MovedCustomer {
  readonly webhook: OwnWebhook;
  /** Answers that the next deliveries get instead of the receiver's. */
  private failures: Reply[] = [];

  private constructor(
    readonly system: System,
    readonly customer: Customer,
    registered: { id: string; secret: string },
    private readonly front: Receiver,
    private readonly receiver: ExampleReceiver,
  ) {
    this.webhook = { ...registered, packageId: 'pkg_def456' };
    front.respondWith((request) => this.answer(request));
  }

  static async to(schoolbell: JoinedSchoolbell, system: System): Promise<MovedCustomer> {
    const { apiUrl, platformKey, database } = schoolbell;
    const customer = new Customer({ apiUrl, platformKey, ...(await seedTenant(database)) });
    const front = await startReceiver();
    const registered = await register(customer, system, new URL(front.url).origin);
    const { body: file } = await customer.api.get(`/v1/webhooks/${registered.id}/secret`, {
      accept: 'application/vnd.schoolbell.secret+json',
    });
    const receiver = await startReceiverOf(system, file);
    return new MovedCustomer(system, customer, registered, front, receiver);
  }

  /** The next deliveries fail before they reach the receiver. */
  fails(times: number, reply: Reply = 500): void {
    this.failures = Array.from({ length: times }, () => reply);
  }

  /** Deliveries in the order of their arrival, without requests for tokens. */
  get received(): ReceivedRequest[] {
    return this.front.requests.filter(isDelivery);
  }

  private async answer(request: ReceivedRequest): Promise<Reply> {
    const failure = isDelivery(request) && this.failures.shift();
    // If the receiver has gone meanwhile, the sender sees what it would see anyway.
    return failure || this.forward(request).catch(() => 'reset');
  }

  private async forward({ method, path, headers, rawBody }: ReceivedRequest): Promise<Reply> {
    const sent = Object.entries(headers).filter(([name]) => !OF_CONNECTION.includes(name));
    const answer = await fetch(this.receiver.origin + path, {
      method,
      headers: sent as [string, string][],
      body: new Uint8Array(rawBody),
    });
    return { status: answer.status, body: await answer.text() };
  }

  /** What the receiver accepted as genuine, as it understands it, in alphabetical order. */
  get hasRead(): string[] {
    return this.receiver.events.map((event) => this.system.read(event)).toSorted();
  }

  /** The runtime reports the catalogue's example of an event type, or reaches the plan's limit by it. */
  async reports(type: string): Promise<void> {
    if (type === 'usage.threshold') await this.customer.gets({ monthlyLaunchLimit: 1 });
    else await this.customer.posts(type, eventTypeNamed(type)!.example);
  }

  async webhookShown(): Promise<any> {
    return (await this.customer.api.get(this.path)).body;
  }

  async changes(settings: object): Promise<void> {
    expect((await this.customer.api.patch(this.path, settings)).status).toBe(200);
  }

  async resumes(): Promise<void> {
    expect((await this.customer.api.post(`${this.path}/resume`)).status).toBe(200);
  }

  /** From now on Schoolbell has a secret, or credentials, that the receiver does not know. */
  async becomesStranger(): Promise<void> {
    const { proof } = this.system;
    if (proof === 'none') throw new Error(`${this.system.name} knows no strangers.`);
    if ('otherwise' in proof) return this.changes(proof.otherwise);
    const path = `${this.path}/secret/rotate`;
    expect((await this.customer.api.post(path, { overlapSeconds: 0 })).status).toBe(200);
  }

  /** @returns delivery and attempt of a test of the webhook */
  async tests(): Promise<any> {
    return (await this.customer.api.post(`${this.path}/test`)).body;
  }

  private get path(): string {
    return `/v1/webhooks/${this.webhook.id}`;
  }

  async leaves(): Promise<void> {
    await Promise.all([this.front.close(), this.receiver.close()]);
  }
}

const isDelivery = ({ headers }: ReceivedRequest) => 'x-schoolbell-delivery' in headers;

/** @param origin the receiver's, as Schoolbell reaches it */
async function register(
  { api }: Customer,
  system: System,
  origin: string,
): Promise<{ id: string; secret: string }> {
  const { path = '/webhooks', registration = '/v1/webhooks' } = system;
  const settings = JSON.parse(JSON.stringify(system.settings).replace('{receiver}', origin));
  const url = origin + path;
  const { status, body } = await api.post(registration, { url, ...eventsOf(system), ...settings });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}

function eventsOf({ registration, reads }: System): object {
  const types = Object.keys(reads);
  if (!registration) return { events: types };
  return { event_types: types.map((type) => SCORM_API_EVENT_NAMES[type]) };
}
