import { Injectable } from '@nestjs/common';
import { eventTypeNamed } from '@schoolbell/catalogue';
import type { Author } from '@schoolbell/identity';
import { type EventTypeRecord, EventTypeRepository } from '@schoolbell/persistence';
import { tenantNotFound } from '../auth/tenant-directory.js';
import { ApiError, notFound, validationFailed } from '../http/api-error.js';
import { untilUndisturbed } from '../http/until-undisturbed.js';
import { AcceptedSchemas } from './accepted-schemas.js';
import { isEventTypeName, NAME_RULE, whyReserved } from './event-type-names.js';
import type { ChangeEventType, RegisterEventType } from './event-type-input.js';
import { SchemaTrial } from './schema-trial.js';

/** Registers and changes event types outside the catalogue. An owner is a tenant's UUID, or null for the platform. */
@Injectable()
export class EventTypesService {
  constructor(
    private readonly types: EventTypeRepository,
    private readonly trial: SchemaTrial,
    private readonly accepted: AcceptedSchemas,
  ) {}

  /** @throws ApiError `validation_failed`, `event_type_taken`, `event_type_limit_reached`, `tenant_not_found` */
  async register(
    author: Author,
    owner: string | null,
    input: RegisterEventType,
  ): Promise<EventTypeRecord> {
    const { type, description, schema, example } = input;
    requireFreeName(type);
    const texts = await this.trial.run(owner, schema, example);
    const creation = await this.types.create(author, owner, { type, description, ...texts });
    switch (creation.kind) {
      case 'created':
        this.accepted.forget(owner, type);
        return creation.eventType;
      case 'taken':
        throw taken(`${type} is registered already. PATCH /v1/event-types/${type} changes it.`);
      case 'unknown_tenant':
        throw tenantNotFound();
      case 'limit_reached':
        throw limitReached(creation.limit);
    }
  }

  /** A type that the owner can use: its own, or the platform's. @throws ApiError `not_found` */
  async find(owner: string | null, type: string): Promise<EventTypeRecord> {
    const [found] = isEventTypeName(type) ? await this.types.find(owner, [type]) : [];
    if (!found) throw notFound('event type');
    return found;
  }

  /**
   * Changes the given fields; schema and example are tried together with those that stay.
   *
   * @throws ApiError `not_found`, `permission_denied`, `validation_failed`, `service_unavailable`
   */
  async change(
    author: Author,
    owner: string | null,
    type: string,
    { description, schema, example }: ChangeEventType,
  ): Promise<EventTypeRecord> {
    return untilUndisturbed(async () => {
      const old = await this.own(owner, type);
      const texts = { schema: textOf(schema), example: textOf(example) };
      if (texts.schema !== undefined || texts.example !== undefined) {
        await this.trial.run(
          owner,
          schema === undefined ? JSON.parse(old.schema) : schema,
          example ?? JSON.parse(old.example),
        );
      }
      const changed = await this.types.update(author, old, { description, ...texts });
      this.accepted.forget(owner, type);
      return changed;
    });
  }

  /** @throws ApiError `not_found`, `permission_denied` */
  async delete(author: Author, owner: string | null, type: string): Promise<void> {
    await this.types.delete(author, await this.own(owner, type));
    this.accepted.forget(owner, type);
  }

  private async own(owner: string | null, type: string): Promise<EventTypeRecord> {
    if (eventTypeNamed(type)) throw notYours('the catalogue, which changes with releases only');
    const found = await this.find(owner, type);
    if (found.tenantId !== owner) throw notYours('the platform, and only its operator changes it');
    return found;
  }
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

function requireFreeName(type: string): void {
  if (!isEventTypeName(type)) throw validationFailed([{ path: 'type', message: NAME_RULE }]);
  const reserved = whyReserved(type);
  if (reserved) throw taken(`${reserved} Choose another name.`);
}

function taken(detail: string): ApiError {
  return new ApiError('event_type_taken', detail);
}

function notYours(whose: string): ApiError {
  return new ApiError('permission_denied', `This event type belongs to ${whose}.`);
}

function limitReached(limit: number): ApiError {
  return new ApiError(
    'event_type_limit_reached',
    `This tenant may have ${limit} event types. Delete one, or ask the operator to raise the limit.`,
  );
}
