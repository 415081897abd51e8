import { hash } from 'node:crypto';
import type { ScormSession } from '@schoolbell/delivery';
import { type AttemptState, knownAttempt, type KnownState } from '@schoolbell/scorm';
import { validationFailed } from '../http/api-error.js';
import { bodyReader } from './body-reader.js';
import { requireConsistent } from './known-state.js';
import { MAX_ORIGIN_LENGTH, originOfText } from './page-origin.js';
import { type PostedSession, sessionOf } from './posted-session.js';
import { KNOWN_STATE, REQUIRED_SESSION_FIELDS, SESSION_FIELDS } from './session-fields.js';

interface PostedLaunch extends PostedSession {
  origin?: string;
  state?: KnownState;
}

/** The body of `POST /v1/scorm/launches`. */
export const LAUNCH = {
  type: 'object',
  required: REQUIRED_SESSION_FIELDS,
  additionalProperties: false,
  properties: {
    ...SESSION_FIELDS,
    origin: {
      type: 'string',
      maxLength: MAX_ORIGIN_LENGTH,
      description:
        'The origin of the page that the player runs in, scheme://host[:port]: pages of other origins may not commit. Without it, only a page of this API’s own host may.',
    },
    state: KNOWN_STATE,
  },
};

export interface LaunchInput {
  /** TypeID, if the body names the tenant. */
  tenantId: string | undefined;
  session: ScormSession;
  origin: string | undefined;
  state: AttemptState | undefined;
  /** SHA-256 of what was sent, regardless of white space. */
  bodyHash: Buffer;
}

const readBody = bodyReader<PostedLaunch>(LAUNCH);

/** @throws ApiError `validation_failed` */
export function readLaunch(body: unknown): LaunchInput {
  const posted = readBody(body);
  const session = sessionOf(posted);
  return {
    tenantId: posted.tenantId,
    session,
    origin: posted.origin === undefined ? undefined : readOrigin(posted.origin),
    state: posted.state && readState(posted.state, session),
    bodyHash: hash('sha256', JSON.stringify({ ...posted, tenantId: undefined }), 'buffer'),
  };
}

function readOrigin(text: string): string {
  const origin = originOfText(text);
  if (origin !== undefined) return origin;
  const message = 'must be an origin, scheme://host[:port] without a path: https://lms.example.com';
  throw validationFailed([{ path: 'origin', message }]);
}

function readState(state: KnownState, session: ScormSession): AttemptState {
  requireConsistent(state);
  return knownAttempt(state, session);
}
