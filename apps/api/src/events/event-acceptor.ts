import type { Acceptance, IncomingEvent, Wakes } from '@schoolbell/delivery';
import type { FastifyRequest } from 'fastify';
import { tenantNotFound, tenantOf } from '../auth/tenant-directory.js';
import { ApiError, type FieldError, validationFailed } from '../http/api-error.js';
import type { BatchIntake } from './batch-intake.js';
import { EventBatchReader } from './event-batch-reader.js';
import type { EventIntakeBuffer } from './event-intake-buffer.js';
import { readEvent } from './read-event.js';

/** What Fastify's request tells about who posts. */
export type Poster = Pick<FastifyRequest, 'principal' | 'tenantId' | 'headers'>;

type Accepted = Extract<Acceptance, { kind: 'accepted' }>;

/** Takes posted events in: each is checked, and promised only once it is committed. */
export class EventAcceptor {
  constructor(
    private readonly buffer: EventIntakeBuffer,
    private readonly batches: BatchIntake,
    private readonly wakes: Wakes,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws ApiError with what is wrong */
  async acceptOne(body: unknown, poster: Poster): Promise<Accepted> {
    const headerKey = poster.headers['idempotency-key'] as string | undefined;
    const tenantOfEvent = (named: string | undefined): string => tenantOfPosted(poster, named);
    const read = readEvent(body, {
      path: '',
      tenantOf: tenantOfEvent,
      headerKey,
      now: this.now(),
    });
    if (!read.ok) throw refused(read.code, read.errors);
    const acceptance = await this.buffer.accept(read.event);
    switch (acceptance.kind) {
      case 'accepted':
        return acceptance;
      case 'idempotency_conflict':
        throw new ApiError('idempotency_conflict');
      case 'unknown_tenant':
        throw tenantNotFound();
    }
  }

  /** All or none, in the order of the batch. @throws ApiError that names each event at fault */
  async acceptBatch(body: unknown, poster: Poster): Promise<Accepted[]> {
    if (poster.headers['idempotency-key'] !== undefined) throw keyOfBatch();
    const reader = new EventBatchReader((named) => tenantOfPosted(poster, named), this.now());
    const events = reader.read(body);
    const { acceptances, webhookIds } = await this.batches.accept(events);
    const accepted = allAccepted(events, acceptances);
    if (webhookIds.length > 0) this.wakes.wake(webhookIds);
    return accepted;
  }
}

/**
 * Whose event it is: `tenantId` of the event, else whom the request acts for.
 *
 * @param named the event's `tenantId`
 * @returns UUID, not yet known to exist
 * @throws ApiError `tenant_mismatch`, `tenant_not_found`, `tenant_required`, `validation_failed`
 */
function tenantOfPosted(poster: Poster, named: string | undefined): string {
  const ofRequest = poster.tenantId ?? undefined;
  const ofEvent = named === undefined ? ofRequest : tenantOf(poster.principal!, named);
  if (ofEvent === undefined) throw new ApiError('tenant_required');
  if (ofRequest !== undefined && ofEvent !== ofRequest) {
    throw validationFailed([{ path: 'tenantId', message: 'is another tenant than X-Tenant-Id' }]);
  }
  return ofEvent;
}

function allAccepted(
  events: readonly IncomingEvent[],
  acceptances: readonly Acceptance[],
): Accepted[] {
  const conflicts = faultsOf(acceptances, 'idempotency_conflict', 'idempotencyKey');
  const strangers = faultsOf(acceptances, 'unknown_tenant', 'tenantId');
  if (strangers.length > 0) throw validationFailed(strangers);
  if (conflicts.length > 0) {
    throw new ApiError('idempotency_conflict', undefined, { errors: conflicts });
  }
  if (acceptances.length !== events.length)
    throw new Error('Some events of a batch got no answer.');
  return acceptances as Accepted[];
}

const FAULTS = {
  idempotency_conflict: 'was used with another body',
  unknown_tenant: 'is no tenant',
} as const;

function faultsOf(
  acceptances: readonly Acceptance[],
  kind: keyof typeof FAULTS,
  field: string,
): FieldError[] {
  return acceptances.flatMap((acceptance, index) =>
    acceptance.kind === kind ? [{ path: `events[${index}].${field}`, message: FAULTS[kind] }] : [],
  );
}

function refused(code: 'validation_failed' | 'unknown_event_type', errors: FieldError[]): ApiError {
  const [first] = errors;
  return code === 'validation_failed'
    ? validationFailed(errors)
    : new ApiError(code, `${first!.path} ${first!.message}.`, { errors });
}

function keyOfBatch(): ApiError {
  const message = 'is for single events; in a batch each event has its own idempotencyKey';
  return validationFailed([{ path: 'Idempotency-Key', message }]);
}
