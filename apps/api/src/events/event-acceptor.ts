import type { Acceptance, IncomingEvent, Wakes } from '@schoolbell/delivery';
import { type Poster, tenantOfPosted } from '../auth/poster.js';
import { tenantNotFound } from '../auth/tenant-directory.js';
import { ApiError, type FieldError, validationFailed } from '../http/api-error.js';
import type { BatchIntake } from './batch-intake.js';
import { type CompletionOnFailed, saysFailed } from './completion-on-failed.js';
import { EventBatchReader } from './event-batch-reader.js';
import type { EventIntakeBuffer } from './event-intake-buffer.js';
import type { RegisteredTypeReader } from './registered-type-reader.js';
import { readEvent } from './read-event.js';

type Accepted = Extract<Acceptance, { kind: 'accepted' }>;

/** Accepts posted events: each is checked, and promised only once it is committed. */
export class EventAcceptor {
  constructor(
    private readonly buffer: EventIntakeBuffer,
    private readonly batches: BatchIntake,
    private readonly registeredTypes: RegisteredTypeReader,
    private readonly wakes: Wakes,
    private readonly completionOnFailed: CompletionOnFailed,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws ApiError with what is wrong */
  async acceptOne(body: unknown, poster: Poster): Promise<Accepted> {
    const headerKey = poster.headers['idempotency-key'] as string | undefined;
    const tenantOfEvent = (named: string | undefined): string => tenantOfPosted(poster, named);
    const found = readEvent(body, {
      path: '',
      tenantOf: tenantOfEvent,
      headerKey,
      now: this.now(),
      ...(saysFailed(body) && {
        completingOnFailed: await this.completingOnFailed([body], poster),
      }),
    });
    const read = found.ok === 'unchecked' ? await this.registeredTypes.readOne(found) : found;
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
    const completing = await this.completingOnFailed(eventsIn(body).filter(saysFailed), poster);
    const tenantOfEvent = (named: string | undefined): string => tenantOfPosted(poster, named);
    const context = { tenantOf: tenantOfEvent, now: this.now(), completingOnFailed: completing };
    const events = await new EventBatchReader(context, this.registeredTypes).read(body);
    const { acceptances, webhookIds } = await this.batches.accept(events);
    const accepted = allAccepted(events, acceptances);
    if (webhookIds.length > 0) this.wakes.wake(webhookIds);
    return accepted;
  }

  /** The tenants of these events, which are not checked yet, for which `failed` counts as completed. */
  private async completingOnFailed(
    events: readonly unknown[],
    poster: Poster,
  ): Promise<ReadonlySet<string>> {
    const tenantIds = events.flatMap((event) => tenantsOf(event as { tenantId?: unknown }, poster));
    return this.completionOnFailed.among(new Set(tenantIds));
  }
}

/** Empty if the event names its tenant wrongly, which reading it will report. */
function tenantsOf({ tenantId }: { tenantId?: unknown }, poster: Poster): string[] {
  if (tenantId !== undefined && typeof tenantId !== 'string') return [];
  try {
    return [tenantOfPosted(poster, tenantId)];
  } catch {
    return [];
  }
}

/** The events of a batch; empty if it is not one. */
function eventsIn(batch: unknown): unknown[] {
  const { events } = (batch ?? {}) as { events?: unknown };
  return Array.isArray(events) ? events : [];
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
  unknown_tenant: 'is not a tenant',
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
