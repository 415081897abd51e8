import {
  renderRequest,
  UncarriedEventError,
  UnknownFormatError,
  type AttemptToRender,
} from '@schoolbell/formats';
import { traceparentOf } from '@schoolbell/tracing';
import type {
  AttemptError,
  ClaimedDelivery,
  OutgoingRequest,
  WebhookForSending,
} from '@schoolbell/delivery';
import type { TemplateBody } from '../../expressions/body-template.js';
import type { Access } from './access-tokens.js';
import type { KnownWebhook } from '../known-webhook.js';

/** An attempt that is about to be made, or that cannot be made. */
export interface PreparedAttempt {
  claimed: ClaimedDelivery;
  url: string;
  format: string;
  retrySchedule: readonly number[];
  /** As the history shows them. */
  requestHeaders: Record<string, string>;
  renderedWith: string | null;
  /** Unix milliseconds. */
  startedAt: number;
  outgoing:
    | { kind: 'request'; request: OutgoingRequest }
    /** It cannot be sent now, because a token or a body is missing; the next attempt may have one. */
    | { kind: 'unready'; error: AttemptError }
    /** It can never be sent. */
    | { kind: 'unsendable'; error: AttemptError };
}

type Unprepared = Omit<PreparedAttempt, 'outgoing'>;

/** What an attempt needs besides its delivery and webhook. */
interface AttemptMeans {
  /** Unix milliseconds. */
  now: number;
  /** For webhooks with OAuth 2.0. */
  access?: Access | undefined;
  /** For webhooks with a template. */
  templateBody?: TemplateBody | undefined;
  /** The UUID of the attempt, of webhooks whose receivers are told of it. */
  attemptId?: string | undefined;
}

/**
 * Renders the request of an attempt. A delivery that cannot be rendered must not stop the others, so it comes back as
 * `unsendable`.
 */
export function prepareAttempt(
  claimed: ClaimedDelivery,
  known: KnownWebhook,
  means: AttemptMeans,
): PreparedAttempt {
  const { url, format, retrySchedule } = known.webhook;
  const prepared: Unprepared = {
    claimed,
    url,
    format,
    retrySchedule,
    requestHeaders: {},
    renderedWith: null,
    startedAt: means.now,
  };
  if (known.kind === 'unreadable') {
    return { ...prepared, outgoing: { kind: 'unsendable', error: known.webhook.error } };
  }
  const { access, templateBody, attemptId } = means;
  if (access?.ok === false) {
    return { ...prepared, outgoing: { kind: 'unready', error: access.error } };
  }
  if (templateBody?.ok === false) {
    const { passing, error } = templateBody;
    return { ...prepared, outgoing: { kind: passing ? 'unready' : 'unsendable', error } };
  }
  try {
    return withRequest(prepared, known.webhook, {
      accessToken: access?.token,
      renderedBody: templateBody?.body,
      traceparent: attemptId && traceparentOf(attemptId),
    });
  } catch (error) {
    return { ...prepared, outgoing: { kind: 'unsendable', error: unsendable(error) } };
  }
}

/** @throws if it cannot be rendered */
function withRequest(
  prepared: Unprepared,
  webhook: WebhookForSending,
  means: Pick<AttemptToRender, 'accessToken' | 'renderedBody' | 'traceparent'>,
): PreparedAttempt {
  const { claimed, startedAt, retrySchedule } = prepared;
  const { url, headers, body, shownHeaders, renderedWith } = renderRequest({
    delivery: claimed,
    webhook,
    now: startedAt,
    ...means,
  });
  const timeoutMs = webhook.timeoutSeconds * 1000;
  const newConnection = claimed.test || claimed.cycleFailures >= retrySchedule.length;
  const { identity } = webhook;
  const request = { url, headers, body, timeoutMs, newConnection, identity };
  return {
    ...prepared,
    url,
    requestHeaders: shownHeaders,
    renderedWith,
    outgoing: { kind: 'request', request },
  };
}

function unsendable(error: unknown): AttemptError {
  const internal = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error instanceof SyntaxError) {
    const message = 'The stored event is damaged: no request can be made from it.';
    return { code: 'damaged_event', message, internal, ours: true };
  }
  if (error instanceof UncarriedEventError || error instanceof UnknownFormatError) {
    return { code: 'unsendable', message: error.message, internal };
  }
  const message = 'The request could not be made from the event and the settings of the webhook.';
  return { code: 'unsendable', message, internal };
}
