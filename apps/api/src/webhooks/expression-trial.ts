import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ALL_EVENTS, type EventRecord, type WebhookSettings } from '@schoolbell/delivery';
import { toTypeId, uuidV7 } from '@schoolbell/ids';
import {
  type Evaluation,
  type EvaluationError,
  ExpressionPool,
  filterDocument,
  templateDocument,
} from '@schoolbell/expressions';
import { type ExampleOfType, KnownEventTypes } from '../event-types/known-event-types.js';
import { ApiError, type FieldError, validationFailed } from '../http/api-error.js';

class TrialErrorDocument {
  @ApiProperty()
  code!: string;

  @ApiProperty()
  message!: string;
}

/** The results of a webhook's filter and template for the example of one event type. */
export class ExampleResultDocument {
  @ApiProperty({ example: 'session.completed' })
  type!: string;

  @ApiPropertyOptional({ description: 'With a filter: whether it wants the example.' })
  wanted?: boolean;

  @ApiPropertyOptional({
    description: 'With a template: the body for the example, if it is wanted.',
  })
  body?: string;

  @ApiPropertyOptional({ type: TrialErrorDocument })
  error?: TrialErrorDocument;
}

type Tried = Pick<WebhookSettings, 'eventTypes' | 'filter' | 'template' | 'metadata'>;

/** The event that a filter and a template are tried on. Ids are UUIDs. */
export interface TriedExample {
  event: EventRecord;
  webhookId: string;
  deliveryId: string;
}

/** Tries a webhook's filter and template before they are stored: on the example of every type that it listens to. */
@Injectable()
export class ExpressionTrial implements OnApplicationShutdown {
  private readonly pool = new ExpressionPool();

  constructor(private readonly eventTypes: KnownEventTypes) {}

  /**
   * @returns undefined for a webhook with neither
   * @throws ApiError `validation_failed` for an expression that cannot be parsed or is too large; `service_unavailable`
   */
  async run(tenantId: string, settings: Tried): Promise<ExampleResultDocument[] | undefined> {
    if (settings.filter === null && settings.template === null) return undefined;
    await this.requireParsable(tenantId, settings);
    const known = settings.eventTypes.includes(ALL_EVENTS)
      ? await this.eventTypes.allExamples(tenantId)
      : await this.eventTypes.examplesOf(tenantId, settings.eventTypes);
    return Promise.all(known.map((type) => this.try(settings, newExample(tenantId, type))));
  }

  onApplicationShutdown(): void {
    this.pool.close();
  }

  /**
   * @throws ApiError `validation_failed` for an expression that cannot be parsed or is too large; `service_unavailable`
   */
  async requireParsable(
    tenantId: string,
    { filter, template }: Pick<Tried, 'filter' | 'template'>,
  ): Promise<void> {
    const faults: FieldError[] = [];
    for (const [path, expression] of Object.entries({ filter, template })) {
      if (expression === null) continue;
      const { error } = outcomeOf(await this.pool.check(tenantId, expression));
      if (error) faults.push({ path, message: error.message });
    }
    if (faults.length > 0) throw validationFailed(faults);
  }

  /** The filter runs first: an event that it turns away is not rendered. */
  async try(
    { filter, template, metadata }: Omit<Tried, 'eventTypes'>,
    { event, webhookId, deliveryId }: TriedExample,
  ): Promise<ExampleResultDocument> {
    const document = { ...event, ...shownIds(event) };
    const on = { key: event.tenantId, at: event.acceptedAt };
    const result: ExampleResultDocument = { type: event.type };
    if (filter !== null) {
      const input = filterDocument(document);
      const tried = outcomeOf(await this.pool.filter({ ...on, expression: filter, input }));
      Object.assign(result, { wanted: tried.value ?? true }, tried.error && { error: tried.error });
    }
    if (template === null || result.wanted === false) return result;
    const webhook = { id: toTypeId('webhook', webhookId), metadata };
    const delivery = { id: toTypeId('delivery', deliveryId), attempt: 1 };
    const input = templateDocument(document, webhook, delivery);
    const { value, error } = outcomeOf(
      await this.pool.render({ ...on, expression: template, input }),
    );
    return { ...result, ...(value !== undefined && { body: value }), ...(error && { error }) };
  }
}

/** An event that never happened: the type's example, with new ids. */
export function newExample(tenantId: string, { name, example }: ExampleOfType): TriedExample {
  const now = new Date();
  const payload = JSON.stringify(example);
  const event = { id: uuidV7(), tenantId, type: name, occurredAt: now, acceptedAt: now, payload };
  return { event, webhookId: uuidV7(), deliveryId: uuidV7() };
}

function shownIds({ id, tenantId }: EventRecord) {
  return { id: toTypeId('event', id), tenantId: toTypeId('tenant', tenantId) };
}

/** @throws ApiError `service_unavailable` if it was not evaluated */
function outcomeOf<T>(evaluation: Evaluation<T>): { value?: T; error?: EvaluationError } {
  if (evaluation.ok) return { value: evaluation.value };
  if (evaluation.error.code !== 'unavailable') return { error: evaluation.error };
  throw new ApiError('service_unavailable', evaluation.error.message, {
    headers: { 'Retry-After': '1' },
  });
}
