import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ALL_EVENTS, toTypeId, uuidV7, type WebhookSettings } from '@schoolbell/delivery';
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

/** What a webhook's filter and template make of the example of one event type. */
export class ExampleResultDocument {
  @ApiProperty({ example: 'session.completed' })
  type!: string;

  @ApiPropertyOptional({ description: 'With a filter: whether it wants the example.' })
  wanted?: boolean;

  @ApiPropertyOptional({ description: 'With a template, of an example that is wanted.' })
  body?: string;

  @ApiPropertyOptional({ type: TrialErrorDocument })
  error?: TrialErrorDocument;
}

type Tried = Pick<WebhookSettings, 'eventTypes' | 'filter' | 'template' | 'metadata'>;

/** Tries the filter and template of a webhook before it has them: on the example of every type that it listens to. */
@Injectable()
export class ExpressionTrial implements OnApplicationShutdown {
  readonly #pool = new ExpressionPool();

  constructor(private readonly eventTypes: KnownEventTypes) {}

  /**
   * @returns undefined for a webhook without either
   * @throws ApiError `validation_failed` for one that cannot be parsed or is too large; `service_unavailable`
   */
  async run(tenantId: string, settings: Tried): Promise<ExampleResultDocument[] | undefined> {
    if (settings.filter === null && settings.template === null) return undefined;
    await this.#requireParsable(tenantId, settings);
    const known = settings.eventTypes.includes(ALL_EVENTS)
      ? await this.eventTypes.allExamples(tenantId)
      : await this.eventTypes.examplesOf(tenantId, settings.eventTypes);
    return Promise.all(known.map((type) => this.#try(tenantId, settings, type)));
  }

  onApplicationShutdown(): void {
    this.#pool.close();
  }

  async #requireParsable(tenantId: string, { filter, template }: Tried): Promise<void> {
    const faults: FieldError[] = [];
    for (const [path, expression] of Object.entries({ filter, template })) {
      if (expression === null) continue;
      const { error } = outcomeOf(await this.#pool.check(tenantId, expression));
      if (error) faults.push({ path, message: error.message });
    }
    if (faults.length > 0) throw validationFailed(faults);
  }

  async #try(
    tenantId: string,
    { filter, template, metadata }: Tried,
    type: ExampleOfType,
  ): Promise<ExampleResultDocument> {
    const event = exampleEvent(tenantId, type);
    const on = { key: tenantId, at: event.occurredAt };
    const result: ExampleResultDocument = { type: type.name };
    if (filter !== null) {
      const input = filterDocument(event);
      const tried = outcomeOf(await this.#pool.filter({ ...on, expression: filter, input }));
      Object.assign(result, { wanted: tried.value ?? true }, tried.error && { error: tried.error });
    }
    if (template === null || result.wanted === false) return result;
    const webhook = { id: toTypeId('webhook', uuidV7()), metadata };
    const delivery = { id: toTypeId('delivery', uuidV7()), attempt: 1 };
    const input = templateDocument(event, webhook, delivery);
    const { value, error } = outcomeOf(
      await this.#pool.render({ ...on, expression: template, input }),
    );
    return { ...result, ...(value !== undefined && { body: value }), ...(error && { error }) };
  }
}

function exampleEvent(tenantId: string, { name, example }: ExampleOfType) {
  return {
    id: toTypeId('event', uuidV7()),
    tenantId: toTypeId('tenant', tenantId),
    type: name,
    occurredAt: new Date(),
    payload: JSON.stringify(example),
  };
}

/** @throws ApiError `service_unavailable` when nothing evaluated it */
function outcomeOf<T>(evaluation: Evaluation<T>): { value?: T; error?: EvaluationError } {
  if (evaluation.ok) return { value: evaluation.value };
  if (evaluation.error.code !== 'unavailable') return { error: evaluation.error };
  throw new ApiError('service_unavailable', evaluation.error.message, {
    headers: { 'Retry-After': '1' },
  });
}
