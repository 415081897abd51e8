import { uuidV7 } from '@schoolbell/ids';
import { type IncomingEvent } from '@schoolbell/delivery';
import { joinPath } from '@schoolbell/schemas';
import type { ErrorCode } from '../http/error-codes.js';
import type { FieldError } from '../http/api-error.js';
import { BODY_LIMIT } from '../http/fastify-server.js';
import type { EventEnvelope } from './event-envelope.js';
import { type CheckedData, checkData, checkEnvelope, faultOfType } from './event-validators.js';
import { idempotencyOf } from './idempotency.js';
import { readOccurredAt } from './occurred-at.js';

export interface ReadingContext {
  /** Path of the event in the body: empty, or `events[3]`. */
  path: string;
  /** The tenant that an event's `tenantId` names, or the one that the request acts for. */
  tenantOf: (named: string | undefined) => string;
  headerKey?: string | undefined;
  /** Tenants for which SCORM 1.2 `failed` counts as completed; complete for tenants whose events say `failed`. */
  completingOnFailed?: ReadonlySet<string>;
  /** Unix milliseconds: the time of acceptance. */
  now: number;
}

export type ReadEvent =
  | { ok: true; event: IncomingEvent }
  | {
      ok: false;
      code: Extract<ErrorCode, 'validation_failed' | 'unknown_event_type'>;
      errors: FieldError[];
    };

/** An event without faults so far, whose type is not in the catalogue: the tenant may have it. */
export interface UncheckedEvent {
  ok: 'unchecked';
  given: EventEnvelope;
  tenantId: string;
  context: ReadingContext;
}

/**
 * Reads one event of a body and checks everything about it.
 *
 * @throws ApiError from `tenantOf`
 */
export function readEvent(body: unknown, context: ReadingContext): ReadEvent | UncheckedEvent {
  const { path } = context;
  const envelope = checkEnvelope(body, path);
  if (!envelope.ok) return invalid(envelope.errors);
  const given = envelope.value;

  const tenantId = context.tenantOf(given.tenantId);
  const typeFault = faultOfType(given.type);
  if (typeFault === 'unknown') return { ok: 'unchecked', given, tenantId, context };
  if (typeFault === 'reserved') return reservedType(path);
  const completionOnFailed = context.completingOnFailed?.has(tenantId) ?? false;
  const data = checkData(given, path, { completionOnFailed });
  return data.ok ? completeEvent(given, tenantId, data.value, context) : invalid(data.errors);
}

/** The event with its data checked, given that the rest of it has no fault. */
export function completeEvent(
  given: EventEnvelope,
  tenantId: string,
  { payload, subject }: CheckedData,
  { path, now, headerKey }: ReadingContext,
): ReadEvent {
  if (Buffer.byteLength(payload) > BODY_LIMIT) {
    return invalid([{ path: joinPath(path, 'data'), message: 'must not be larger than 256 KiB' }]);
  }
  const occurredAt =
    given.occurredAt === undefined ? new Date(now) : readOccurredAt(given.occurredAt, now);
  if (typeof occurredAt === 'string') {
    return invalid([{ path: joinPath(path, 'occurredAt'), message: occurredAt }]);
  }
  const idempotency = idempotencyOf(given, { tenantId, payload, headerKey, path });
  if (!idempotency.ok) return invalid(idempotency.errors);
  const id = uuidV7(now);
  const event = { id, tenantId, type: given.type, occurredAt, payload, subject };
  return {
    ok: true,
    event: idempotency.value ? { ...event, idempotency: idempotency.value } : event,
  };
}

export function unknownType(path: string): ReadEvent {
  const message = 'is not an event type; GET /v1/event-types lists them';
  const errors = [{ path: joinPath(path, 'type'), message }];
  return { ok: false, code: 'unknown_event_type', errors };
}

function reservedType(path: string): ReadEvent {
  const message = 'is emitted by Schoolbell itself and cannot be posted';
  return invalid([{ path: joinPath(path, 'type'), message }]);
}

export function invalid(errors: FieldError[]): ReadEvent {
  return { ok: false, code: 'validation_failed', errors };
}
