import type { ScormSession } from '@schoolbell/delivery';
import { type CmiCommit, type GivenWithCommit, readCommit } from '@schoolbell/scorm';
import { readOccurredAt } from '../events/occurred-at.js';
import { ApiError, validationFailed } from '../http/api-error.js';
import { BODY_LIMIT } from '../http/fastify-server.js';
import { faultOfJson } from '../http/json-hygiene.js';
import { bodyReader } from './body-reader.js';
import { type PostedSession, sessionOf } from './posted-session.js';
import { LAUNCH_ID, REQUIRED_SESSION_FIELDS, SESSION_FIELDS } from './session-fields.js';

interface PostedCommit extends PostedSession, GivenWithCommit {
  launchId?: string;
  occurredAt?: string;
  commit: unknown;
}

/** The body of `POST /v1/scorm/commits`. */
export const SERVER_COMMIT = {
  type: 'object',
  required: [...REQUIRED_SESSION_FIELDS, 'commit'],
  additionalProperties: false,
  properties: {
    ...SESSION_FIELDS,
    launchId: LAUNCH_ID,
    sequence: {
      type: 'integer',
      minimum: 0,
      description:
        'The number of the commit in its launch. Without it, and without `commitSequence` in the commit, commits are taken in the order in which they arrive.',
    },
    terminate: {
      type: 'boolean',
      description: 'True for the last commit of its page: LMSFinish, Terminate.',
    },
    occurredAt: {
      type: 'string',
      description:
        'When it happened, RFC 3339: from the year 2000 on, and at most a day in the future. Default: now.',
    },
    commit: { type: 'object', description: 'What the player commits, unchanged.' },
  },
};

interface ServerCommitInput {
  /** TypeID, if the body names the tenant. */
  tenantId: string | undefined;
  session: ScormSession;
  launchKey: string;
  occurredAt: Date | undefined;
  commit: CmiCommit;
}

const readBody = bodyReader<PostedCommit>(SERVER_COMMIT);

/**
 * @param now Unix milliseconds
 * @throws ApiError `validation_failed`, `malformed_json`, `body_too_large`
 */
export function readServerCommit(body: unknown, now: number): ServerCommitInput {
  const posted = readBody(body);
  const { commit, sequence, terminate, ...rest } = posted;
  requireClean(rest);
  requireShort(rest);
  const given = {
    ...(sequence !== undefined && { sequence }),
    ...(terminate !== undefined && { terminate }),
  };
  return {
    tenantId: posted.tenantId,
    session: sessionOf(posted),
    launchKey: posted.launchId ?? '',
    occurredAt: posted.occurredAt === undefined ? undefined : timeOf(posted.occurredAt, now),
    commit: readPlayerCommit(commit, given, 'commit'),
  };
}

/** @throws ApiError `validation_failed` if it contains no data model */
export function readPlayerCommit(body: unknown, given: GivenWithCommit, path = ''): CmiCommit {
  const read = readCommit(body, given);
  if (read.ok) return read.commit;
  throw new ApiError('validation_failed', read.message, {
    errors: [{ path, message: read.message }],
  });
}

/** A player may put into `suspend_data` what Postgres cannot store; that field is not kept, the rest is. */
function requireClean(kept: object): void {
  const fault = faultOfJson(kept);
  if (fault) throw new ApiError('malformed_json', `The body contains ${fault}.`);
}

/** Every event of the session contains it, and events have a size limit. */
function requireShort(kept: object): void {
  if (JSON.stringify(kept).length <= BODY_LIMIT) return;
  throw new ApiError(
    'body_too_large',
    'All fields beside the commit together may have at most 256 KiB.',
  );
}

function timeOf(text: string, now: number): Date {
  const time = readOccurredAt(text, now);
  if (typeof time !== 'string') return time;
  throw validationFailed([{ path: 'occurredAt', message: time }]);
}
