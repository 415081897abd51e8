import { Injectable } from '@nestjs/common';
import { type EventData, eventTypeNamed, EVENT_TYPES } from '@schoolbell/catalogue';
import { type EventTypeRecord, EventTypeRepository } from '@schoolbell/persistence';
import { validationFailed } from '../http/api-error.js';
import { isEventTypeName } from './event-type-names.js';

/** What can be shown of any type, of the catalogue or beside it. */
export interface ExampleOfType {
  name: string;
  example: EventData;
}

/** Of the types beside the catalogue, the newest; a webhook that listens to everything is tried with these. */
const MOST_EXAMPLES = 100;

/** Which event types a tenant has: those of the catalogue, of the platform, and its own. */
@Injectable()
export class KnownEventTypes {
  constructor(private readonly types: EventTypeRepository) {}

  /** Those of these names that the tenant does not have. */
  async unknownAmong(tenantId: string, names: readonly string[]): Promise<ReadonlySet<string>> {
    const beside = names.filter((name) => !eventTypeNamed(name));
    const found = await this.find(tenantId, beside);
    const known = new Set(found.map(({ type }) => type));
    return new Set(beside.filter((name) => !known.has(name)));
  }

  /**
   * For what is asked of the history: deleted types count too.
   *
   * @param names undefined: none was asked for
   * @throws ApiError `validation_failed` unless the tenant has or had each of them
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

  /** Those of these names that the tenant has, in their order. */
  async examplesOf(tenantId: string, names: readonly string[]): Promise<ExampleOfType[]> {
    const found = await this.find(
      tenantId,
      names.filter((name) => !eventTypeNamed(name)),
    );
    const own = new Map(found.map((record) => [record.type, exampleOf(record)]));
    return names.flatMap((name) => eventTypeNamed(name) ?? own.get(name) ?? []);
  }

  /** Of everything that the tenant has. */
  async allExamples(tenantId: string): Promise<ExampleOfType[]> {
    const own = await this.types.list(tenantId, { limit: MOST_EXAMPLES });
    return [...EVENT_TYPES, ...own.map(exampleOf)];
  }

  /** What cannot be a name is not looked for: Postgres would take offence at some of it. */
  private async find(tenantId: string, names: readonly string[]): Promise<EventTypeRecord[]> {
    const wellFormed = names.filter(isEventTypeName);
    return wellFormed.length > 0 ? this.types.find(tenantId, wellFormed) : [];
  }
}

function exampleOf({ type, example }: EventTypeRecord): ExampleOfType {
  return { name: type, example: JSON.parse(example) };
}
