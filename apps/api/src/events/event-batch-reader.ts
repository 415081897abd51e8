import type { IncomingEvent } from '@schoolbell/delivery';
import { schemaErrors } from '@schoolbell/schemas';
import { ApiError, type FieldError, validationFailed } from '../http/api-error.js';
import { MAX_BATCH_EVENTS } from './event-envelope.js';
import { LazySchema } from './lazy-schema.js';
import type { RegisteredTypeReader } from './registered-type-reader.js';
import {
  invalid,
  type UncheckedEvent,
  readEvent,
  type ReadEvent,
  type ReadingContext,
} from './read-event.js';

/** Errors per event: even a batch with a thousand wrong events gets an answer that is shorter than itself. */
const MAX_ERRORS_PER_EVENT = 5;

/** The batch without its events, which are checked one by one, so that each fault has its index. */
const batch = new LazySchema<{ events: unknown[] }>(() => ({
  type: 'object',
  required: ['events'],
  additionalProperties: false,
  properties: { events: { type: 'array', minItems: 1, maxItems: MAX_BATCH_EVENTS } },
}));

/** Reads a batch, whose events are all accepted or all refused. */
export class EventBatchReader {
  constructor(
    private readonly context: Omit<ReadingContext, 'path' | 'headerKey'>,
    private readonly registeredTypes: Pick<RegisteredTypeReader, 'read'>,
  ) {}

  /** @throws ApiError that names each event at fault by its index */
  async read(body: unknown): Promise<IncomingEvent[]> {
    if (!batch.fits(body)) throw validationFailed(schemaErrors(batch.errors));
    const found = body.events.map((given, index) => this.readOne(given, `events[${index}]`));
    const events: IncomingEvent[] = [];
    const errors: FieldError[] = [];
    for (const read of await this.withRegisteredTypes(found)) {
      if (read.ok) events.push(read.event);
      else errors.push(...read.errors.slice(0, MAX_ERRORS_PER_EVENT));
    }
    if (errors.length > 0) throw validationFailed(errors);
    return events;
  }

  /** Types outside the catalogue are looked up together. */
  private async withRegisteredTypes(
    found: readonly (ReadEvent | UncheckedEvent)[],
  ): Promise<ReadEvent[]> {
    const unchecked = found.filter((read) => read.ok === 'unchecked');
    if (unchecked.length === 0) return found as ReadEvent[];
    const checked = (await this.registeredTypes.read(unchecked)).values();
    return found.map((read) => (read.ok === 'unchecked' ? checked.next().value! : read));
  }

  private readOne(given: unknown, path: string): ReadEvent | UncheckedEvent {
    try {
      return readEvent(given, { ...this.context, path });
    } catch (error) {
      // A tenant's key that names another tenant refuses the whole batch; any other error belongs to its event.
      if (!(error instanceof ApiError) || error.code === 'tenant_mismatch') throw error;
      const message = MESSAGES[error.code] ?? error.message;
      return invalid([{ path: `${path}.tenantId`, message }]);
    }
  }
}

const MESSAGES: Partial<Record<ApiError['code'], string>> = {
  tenant_not_found: 'is not a tenant',
  tenant_required: 'is required for a platform key without X-Tenant-Id',
};
