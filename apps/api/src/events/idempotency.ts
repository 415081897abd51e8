import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { IncomingEvent } from '@schoolbell/delivery';
import { joinPath } from '@schoolbell/schemas';
import { validationFailed } from '../http/api-error.js';
import type { Checked } from './event-validators.js';
import { IDEMPOTENCY_KEY, type EventEnvelope } from './event-envelope.js';

type Idempotency = IncomingEvent['idempotency'];

const KEY = new RegExp(IDEMPOTENCY_KEY);

const HEADER = 'Idempotency-Key';
const KEY_RULE = 'must have 1 to 255 printable ASCII characters';

/** Not printable, so that no caller's own key can look like a fingerprint. */
const FINGERPRINT_PREFIX = 'fingerprint\t';

/** What is known about an event when its key is made. */
interface KeyContext {
  tenantId: string;
  /** The data as it will be stored. */
  payload: string;
  /** The header `Idempotency-Key`, for an event that is posted alone. */
  headerKey?: string | undefined;
  /** Path of the event in the body: empty, or `events[3]`. */
  path: string;
}

/**
 * The header `Idempotency-Key` of a request that creates one thing.
 *
 * @throws ApiError `validation_failed` for anything that is not a key
 */
export function headerKeyOf(headers: IncomingHttpHeaders): string | undefined {
  const key = headers['idempotency-key'] as string | undefined;
  if (key === undefined || KEY.test(key)) return key;
  throw validationFailed([{ path: HEADER, message: KEY_RULE }]);
}

/** How a repeat of this event is recognised: by the caller's key, by its fingerprint, or not at all. */
export function idempotencyOf(event: EventEnvelope, context: KeyContext): Checked<Idempotency> {
  const { headerKey } = context;
  const key = event.idempotencyKey ?? headerKey;
  if (headerKey !== undefined && !KEY.test(headerKey)) {
    return fault(HEADER, KEY_RULE);
  }
  if (headerKey !== undefined && key !== headerKey) {
    return fault(
      joinPath(context.path, 'idempotencyKey'),
      'differs from the header Idempotency-Key: send one of them, or the same in both',
    );
  }
  if (event.dedupe === undefined) {
    return {
      ok: true,
      value: key === undefined ? undefined : { key, bodyHash: bodyHash(event, context) },
    };
  }
  if (key !== undefined) {
    return fault(
      joinPath(context.path, 'dedupe'),
      'cannot be combined with an idempotency key, which already identifies repeats',
    );
  }
  return fingerprintOf(event, context);
}

/** Hash of the event as it was sent, without its key and regardless of white space. */
function bodyHash(event: EventEnvelope, { payload }: KeyContext): Buffer {
  const parts = [event.type, event.occurredAt ?? '', payload];
  return hash('sha256', parts.join('\n'), 'buffer');
}

/**
 * SHA-256 over tenant, type, session (or user and course) and completion time: a second, later completion is a new
 * event; a second report of the same completion is not, even if other fields differ.
 */
function fingerprintOf(event: EventEnvelope, { tenantId, path }: KeyContext): Checked<Idempotency> {
  const { sessionId, userId, courseId, completedAt } = event.data;
  const subject = sessionId ? [sessionId] : [userId, courseId];
  if (!subject.every(Boolean)) {
    return fault(
      joinPath(path, 'dedupe'),
      'needs data.sessionId, or data.userId and data.courseId, to tell events apart',
    );
  }
  const time = completedAt ?? event.occurredAt;
  if (typeof time !== 'string') {
    return fault(
      joinPath(path, 'dedupe'),
      'needs the time of completion in data.completedAt or occurredAt, to tell events apart',
    );
  }
  const parts = [tenantId, event.type, ...subject, instantOf(time)];
  const digest = hash('sha256', JSON.stringify(parts), 'buffer');
  const key = FINGERPRINT_PREFIX + digest.toString('hex');
  return { ok: true, value: { key, bodyHash: digest } };
}

/** The same instant, written with another offset or precision, is the same completion. */
function instantOf(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : date.toISOString();
}

function fault(
  path: string,
  message: string,
): { ok: false; errors: { path: string; message: string }[] } {
  return { ok: false, errors: [{ path, message }] };
}
