import { fromTypeId, uuidV7 } from '@schoolbell/ids';
import { type EventRejectionDraft, prefixOfApiKey } from '@schoolbell/persistence';
import type { FastifyRequest } from 'fastify';
import { credentialOf } from '../auth/credential.js';
import type { ApiError, FieldError } from '../http/api-error.js';
import { KEPT_STATUSES, REFUSED_ROUTES } from './refused-route.js';
import { subjectOfPost } from './subject-of-post.js';

/** What is read from a refused request. */
export type RefusedRequest = Pick<
  FastifyRequest,
  'id' | 'method' | 'headers' | 'body' | 'principal' | 'tenantId' | 'launch'
> & { routeOptions: Pick<FastifyRequest['routeOptions'], 'url'> };

const MOST_ERRORS = 5;
const LONGEST_PATH = 200;
const LONGEST_TEXT = 300;
/** For a batch with more tenants than this, only the first ones get a rejection. */
const MOST_TENANTS = 20;

const OF_ANOTHER =
  'Another event of the same batch was at fault, and a batch is stored as a whole or not at all.';

/**
 * The rejections to keep of a refused post: one draft for each tenant that it has events of, since no tenant may see
 * another's. Empty for other routes and other refusals.
 */
export function readRejections(
  error: ApiError,
  request: RefusedRequest,
  now: number,
): EventRejectionDraft[] {
  const route = REFUSED_ROUTES[request.routeOptions.url ?? ''];
  if (!route || request.method !== 'POST' || !KEPT_STATUSES.has(error.status)) return [];
  const events = route.eventsOf(request.body);
  const byTenant = Map.groupBy(events.keys(), (index) => tenantOf(request, events[index]));
  if (byTenant.size <= 1) {
    const tenantId = tenantOf(request, events[0]);
    return [draftOf(error, request, { operation: route.operation, tenantId, now, events })];
  }
  return [...byTenant].slice(0, MOST_TENANTS).map(([tenantId, indexes]) => {
    const own = ofTenant(error, new Set(indexes));
    const about = { operation: route.operation, tenantId, now, events, indexes };
    return draftOf(own, request, about);
  });
}

interface About {
  operation: string;
  tenantId: string | null;
  now: number;
  events: readonly unknown[];
  /** Indexes of the tenant's events; undefined: all of them. */
  indexes?: readonly number[];
}

type Refusal = Pick<ApiError, 'status' | 'code' | 'message' | 'errors'>;

function draftOf(error: Refusal, request: RefusedRequest, about: About): EventRejectionDraft {
  const { operation, tenantId, now, events } = about;
  const errors = (error.errors ?? []).slice(0, MOST_ERRORS);
  const { subject, ids, type, events: count } = subjectOfPost(inOrder(errors, about));
  const { principal } = request;
  return {
    id: uuidV7(now),
    tenantId,
    at: new Date(now),
    operation,
    status: error.status,
    code: error.code,
    detail: error.message.slice(0, LONGEST_TEXT),
    errors: errors.map(shortened),
    keyPrefix: keyPrefixOf(request) ?? null,
    keyName: principal?.kind === 'api_key' ? principal.name : null,
    requestId: request.id,
    events: events.length === 0 ? null : count,
    type,
    sessionId: subject.sessionId ?? null,
    packageId: subject.packageId ?? null,
    dispatchId: subject.dispatchId ?? null,
    learnerId: subject.learnerId ?? null,
    ids,
    leftOut: 0,
  };
}

/** The events at fault come first. */
function inOrder(errors: readonly FieldError[], { events, indexes }: About): unknown[] {
  const own = indexes ?? [...events.keys()];
  const atFault = new Set(errors.map(indexOf));
  return [...own.filter((i) => atFault.has(i)), ...own.filter((i) => !atFault.has(i))].map(
    (index) => events[index],
  );
}

/** The refusal, reduced to what one tenant of a batch may see. */
function ofTenant(error: ApiError, indexes: ReadonlySet<number>): Refusal {
  const { status, code, message } = error;
  const errors = (error.errors ?? []).filter((fault) => {
    const index = indexOf(fault);
    return index === undefined || indexes.has(index);
  });
  const [first] = errors;
  if (first) return { status, code, errors, message: `${first.path}: ${first.message}` };
  return { status, code, errors, message: error.errors ? OF_ANOTHER : message };
}

/** Index within a batch: `events[3].data.sessionId`. */
function indexOf({ path }: FieldError): number | undefined {
  const [, index] = /^events\[(\d+)\]/.exec(path) ?? [];
  return index === undefined ? undefined : Number(index);
}

function shortened({ path, message }: FieldError): FieldError {
  return { path: path.slice(0, LONGEST_PATH), message: message.slice(0, LONGEST_TEXT) };
}

/** The tenant that it was posted for. A sender whose key is unknown cannot name one. */
function tenantOf(request: RefusedRequest, event: unknown): string | null {
  const { launch, principal, tenantId, headers } = request;
  if (launch) return launch.tenantId;
  if (!principal) return null;
  const ofRequest = principal.tenantId ?? tenantId;
  if (ofRequest !== null) return ofRequest;
  const { tenantId: named } = (event ?? {}) as { tenantId?: unknown };
  return uuidOf(named) ?? uuidOf(headers['x-tenant-id']) ?? null;
}

function uuidOf(named: unknown): string | undefined {
  return typeof named === 'string' ? fromTypeId('tenant', named) : undefined;
}

function keyPrefixOf({ headers }: RefusedRequest): string | undefined {
  const credential = credentialOf(headers);
  return credential?.kind === 'api_key' ? prefixOfApiKey(credential.key) : undefined;
}
