import { Injectable } from '@nestjs/common';
import { type EventData, eventTypeNamed, EVENT_TYPES } from '@schoolbell/catalogue';
import { type EventTypeRecord, EventTypeRepository } from '@schoolbell/persistence';
import { validationFailed } from '../http/api-error.js';
import { isEventTypeName } from './event-type-names.js';

/** Facts that catalogue types and registered types have in common. */
export interface ExampleOfType {
  name: string;
  example: EventData;
}

/** The newest of the registered types; a webhook that listens to everything is tried with these. */
const MOST_EXAMPLES = 100;

/** The event types that a tenant has: those of the catalogue, of the platform, and its own. */
@Injectable()
export class KnownEventTypes {
  constructor(private readonly types: EventTypeRepository) {}

  /** The names among these for which the tenant has no type. */
  async unknownAmong(tenantId: string, names: readonly string[]): Promise<ReadonlySet<string>> {
    const beside = names.filter((name) => !eventTypeNamed(name));
    const found = await this.find(tenantId, beside);
    const known = new Set(found.map(({ type }) => type));
    return new Set(beside.filter((name) => !known.has(name)));
  }

  /**
   * For questions about the past: deleted types count too.
   *
   * @param names undefined: no type was named
   * @throws ApiError `validation_failed` unless the tenant has, or once had, each of them
   */
  async requireEver(
    tenantId: string,
    path: string,
    names: string | readonly string[] | undefined,
  ): Promise<void> {
    const beside = [names ?? []].flat().filter((name) => !eventTypeNamed(name));
    if (beside.length === 0) return;
    const known = await this.types.everKnown(tenantId, beside.filter(isEventTypeName));
    const unknown = beside.find((name) => !known.includes(name));
    if (unknown === undefined) return;
    const message = `${unknown.slice(0, 128)} is not an event type; GET /v1/event-types lists them`;
    throw validationFailed([{ path, message }]);
  }

  /** The examples of the named types that the tenant has, in the order of the names. */
  async examplesOf(tenantId: string, names: readonly string[]): Promise<ExampleOfType[]> {
    const found = await this.find(
      tenantId,
      names.filter((name) => !eventTypeNamed(name)),
    );
    const own = new Map(found.map((record) => [record.type, exampleOf(record)]));
    return names.flatMap((name) => eventTypeNamed(name) ?? own.get(name) ?? []);
  }

  /** The examples of all types that the tenant has. */
  async allExamples(tenantId: string): Promise<ExampleOfType[]> {
    const own = await this.types.list(tenantId, { limit: MOST_EXAMPLES });
    return [...EVENT_TYPES, ...own.map(exampleOf)];
  }

  /** Texts that cannot be a name are left out: Postgres would refuse some of them. */
  private async find(tenantId: string, names: readonly string[]): Promise<EventTypeRecord[]> {
    const wellFormed = names.filter(isEventTypeName);
    return wellFormed.length > 0 ? this.types.find(tenantId, wellFormed) : [];
  }
}

function exampleOf({ type, example }: EventTypeRecord): ExampleOfType {
  return { name: type, example: JSON.parse(example) };
}
