import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { subjectOf } from '@schoolbell/catalogue';
import type { CurrentSchema } from '@schoolbell/persistence';
import { joinPath, SchemaPool, type SchemaCheck } from '@schoolbell/schemas';
import { AcceptedSchemas } from '../event-types/accepted-schemas.js';
import { isEventTypeName } from '../event-types/event-type-names.js';
import { tooManyChecks } from '../event-types/schema-trial.js';
import {
  completeEvent,
  invalid,
  type UncheckedEvent,
  type ReadEvent,
  unknownType,
} from './read-event.js';

/** Reads events of registered types: their data is checked in a separate process. */
@Injectable()
export class RegisteredTypeReader implements OnApplicationShutdown {
  private readonly pool = new SchemaPool();

  constructor(private readonly schemas: AcceptedSchemas) {}

  /** @throws ApiError `service_unavailable` if it was not checked in time */
  async readOne(event: UncheckedEvent): Promise<ReadEvent> {
    const [read] = await this.read([event]);
    return read!;
  }

  /** In the order of the events. @throws ApiError `service_unavailable` if one of them was not checked in time */
  async read(events: readonly UncheckedEvent[]): Promise<ReadEvent[]> {
    const named = events.filter(({ given }) => isEventTypeName(given.type));
    const types = named.map(({ given, tenantId }) => ({ tenantId, type: given.type }));
    const found = await this.schemas.of(types);
    const schemas = new Map(named.map((event, index) => [event, found[index]]));
    return Promise.all(events.map((event) => this.readType(event, schemas.get(event))));
  }

  onApplicationShutdown(): void {
    this.pool.close();
  }

  private async readType(
    { given, tenantId, context }: UncheckedEvent,
    current: CurrentSchema | undefined,
  ): Promise<ReadEvent> {
    if (!current) return unknownType(context.path);
    const payload = JSON.stringify(given.data);
    const check = await this.pool.check(tenantId, current.schema, payload);
    if (!check.ok) return refused(check, joinPath(context.path, 'data'));
    return completeEvent(given, tenantId, { payload, subject: subjectOf(given.data) }, context);
  }
}

function refused({ fault, errors }: Extract<SchemaCheck, { ok: false }>, path: string): ReadEvent {
  if (fault === 'unavailable') throw tooManyChecks();
  if (fault === 'schema') {
    const message = `cannot be checked by its schema, which ${errors[0]!.message}: change the event type`;
    return invalid([{ path, message }]);
  }
  return invalid(errors.map((error) => ({ ...error, path: joinPath(path, error.path) })));
}
