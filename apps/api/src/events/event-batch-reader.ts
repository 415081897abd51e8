import type { IncomingEvent } from '@schoolbell/delivery';
import { ApiError, type FieldError, validationFailed } from '../http/api-error.js';
import { compileSchema } from './compile-schema.js';
import { MAX_BATCH_EVENTS } from './event-envelope.js';
import { readEvent } from './read-event.js';
import { schemaErrors } from './schema-errors.js';

/** Of one event; a batch in which all thousand are wrong is still answered with less than it sent. */
const MAX_ERRORS_PER_EVENT = 5;

/** Only the batch itself: its events are checked one by one, so that each fault has its index. */
const fitsBatch = compileSchema<{ events: unknown[] }>({
  type: 'object',
  required: ['events'],
  additionalProperties: false,
  properties: { events: { type: 'array', minItems: 1, maxItems: MAX_BATCH_EVENTS } },
});

/** Reads a batch, whose events are all right or all refused. */
export class EventBatchReader {
  constructor(
    private readonly tenantOf: (named: string | undefined) => string,
    /** Unix milliseconds: the time of acceptance. */
    private readonly now: number,
    private readonly completingOnFailed: ReadonlySet<string>,
  ) {}

  /** @throws ApiError that names each event at fault by its index */
  read(body: unknown): IncomingEvent[] {
    if (!fitsBatch(body)) throw validationFailed(schemaErrors(fitsBatch.errors));
    const events: IncomingEvent[] = [];
    const errors: FieldError[] = [];
    for (const [index, given] of body.events.entries()) {
      const read = this.#readOne(given, `events[${index}]`);
      if (Array.isArray(read)) errors.push(...read.slice(0, MAX_ERRORS_PER_EVENT));
      else events.push(read);
    }
    if (errors.length > 0) throw validationFailed(errors);
    return events;
  }

  #readOne(given: unknown, path: string): IncomingEvent | FieldError[] {
    try {
      const { tenantOf, now, completingOnFailed } = this;
      const read = readEvent(given, { path, tenantOf, now, completingOnFailed });
      return read.ok ? read.event : read.errors;
    } catch (error) {
      // A tenant key that names another tenant is out of line altogether; the rest is a fault of the event.
      if (!(error instanceof ApiError) || error.code === 'tenant_mismatch') throw error;
      return [{ path: `${path}.tenantId`, message: MESSAGES[error.code] ?? error.message }];
    }
  }
}

const MESSAGES: Partial<Record<ApiError['code'], string>> = {
  tenant_not_found: 'is no tenant',
  tenant_required: 'is required for a platform key without X-Tenant-Id',
};
