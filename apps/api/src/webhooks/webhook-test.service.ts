import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { ALL_EVENTS, type Wakes } from '@schoolbell/delivery';
import { toTypeId } from '@schoolbell/ids';
import type { Author } from '@schoolbell/identity';
import {
  type DeliveryHistory,
  DeliveryRepository,
  TestDeliveryRepository,
  type WebhookRecord,
  WebhookRepository,
} from '@schoolbell/persistence';
import { WAKES } from '@schoolbell/queue';
import { type ExampleOfType, KnownEventTypes } from '../event-types/known-event-types.js';
import { ApiError, notFound, validationFailed } from '../http/api-error.js';
import { requireCarriedEvents } from './format-rules.js';

/** Most tests take a few milliseconds; a longer wait means a slow receiver. */
const POLL_MS = 25;
/** For a dispatcher to claim the test, in addition to the receiver's time. */
const PATIENCE_MS = 5_000;
const DEFAULT_TYPE = 'session.completed';

/** Tests webhooks: stores a test for the dispatcher, since the API cannot send, and waits for the attempt. */
@Injectable()
export class WebhookTestService {
  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly tests: TestDeliveryRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly eventTypes: KnownEventTypes,
    @Inject(WAKES) private readonly wakes: Wakes,
  ) {}

  /**
   * @returns the delivery, with the test's attempt last
   * @throws ApiError `not_found`, `validation_failed`, `format_cannot_carry`, `dispatcher_unavailable`
   */
  async test(
    tenantId: string,
    webhookId: string,
    type: string | undefined,
    author: Author,
  ): Promise<DeliveryHistory> {
    const webhook = await this.webhooks.find(tenantId, webhookId);
    if (!webhook) throw notFound('webhook');
    const eventType = await this.typeFor(webhook, type);
    requireCarriedEvents(webhook.format, [eventType.name]);
    const payload = JSON.stringify(eventType.example);
    const draft = { tenantId, webhookId, eventType: eventType.name, payload };
    const deliveryId = await this.tests.create(draft, author);
    this.wakes.wake([webhookId]);
    await this.end(tenantId, deliveryId, webhook.timeoutSeconds * 1000 + PATIENCE_MS);
    const history = await this.deliveries.history(tenantId, deliveryId);
    // Deleted meanwhile, which discarded the waiting delivery.
    if (!history || history.delivery.status === 'discarded') throw notFound('webhook');
    return history;
  }

  /** The requested type; else the first that the webhook lists and that was not deleted. */
  private async typeFor(
    { tenantId, eventTypes }: WebhookRecord,
    asked: string | undefined,
  ): Promise<ExampleOfType> {
    const names = asked === undefined ? [...eventTypes, DEFAULT_TYPE] : [asked];
    const listed = names.filter((name) => name !== ALL_EVENTS);
    const [type] = await this.eventTypes.examplesOf(tenantId, listed);
    if (!type) throw validationFailed([NO_SUCH_TYPE]);
    return type;
  }

  private async end(tenantId: string, deliveryId: string, timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (!(await this.tests.hasEnded(tenantId, deliveryId))) {
      if (performance.now() > deadline) throw noDispatcher(deliveryId);
      await wait(POLL_MS);
    }
  }
}

const NO_SUCH_TYPE = { path: 'type', message: 'is not an event type; see GET /v1/event-types' };

function noDispatcher(deliveryId: string): ApiError {
  return new ApiError(
    'dispatcher_unavailable',
    `No dispatcher picked up the test in time. It stays queued as ${toTypeId('delivery', deliveryId)}.`,
  );
}
