/** One row of the table that `docs/api.md` and `/docs/errors` show. */
export interface ErrorCodeEntry {
  status: number;
  title: string;
  /** Meaning and remedy, for the developer who gets it. */
  advice: string;
}

/**
 * Every `code` that the API answers with. A code never changes its meaning; a new failure gets a new code. A test holds
 * `docs/api.md` against this table.
 */
export const ERROR_CODES = {
  malformed_request: {
    status: 400,
    title: 'The request is malformed',
    advice:
      'The URL, a header or the framing of the request cannot be read. Compare it with the docs.',
  },
  malformed_json: {
    status: 400,
    title: 'The body is not acceptable JSON',
    advice:
      'The body must be UTF-8 JSON, at most 64 levels deep, without NUL characters, lone surrogates, `__proto__` keys or numbers beyond 2^53.',
  },
  unauthenticated: {
    status: 401,
    title: 'No valid credential',
    advice:
      'Send `Authorization: Bearer <key or access token>` or `X-API-Key: <key>`. The key or token must be neither revoked nor expired.',
  },
  invalid_credentials: {
    status: 401,
    title: 'The e-mail address, the password or the code is wrong',
    advice: 'Try again, or reset the password. Each code of an authenticator app works once.',
  },
  second_factor_required: {
    status: 401,
    title: 'The code of the second factor is missing',
    advice:
      'Send the same request again with `code`, from the authenticator app or a recovery code.',
  },
  session_ended: {
    status: 401,
    title: 'The session has ended',
    advice: 'Sign in again: the session has ended, or its cookie is missing.',
  },
  permission_denied: {
    status: 403,
    title: 'The credential lacks a permission',
    advice:
      'Use a key with the permission that the detail names, or sign in as a user whose role has it.',
  },
  second_factor_missing: {
    status: 403,
    title: 'The tenant requires a second factor',
    advice:
      'Set up an authenticator app with `POST /v1/me/totp`. Until then, other requests are refused.',
  },
  tenant_mismatch: {
    status: 403,
    title: 'The key belongs to another tenant',
    advice:
      'A tenant key acts for its own tenant only: leave the tenant out, or use the right key.',
  },
  origin_not_allowed: {
    status: 403,
    title: 'The page may not commit',
    advice:
      'Open the launch with the `origin` of the page that the player runs in, as scheme://host[:port].',
  },
  cross_site_request: {
    status: 403,
    title: 'Another site may have sent the request',
    advice:
      'Send it from a page of this origin, or from no page at all, with `Content-Type: application/json`.',
  },
  wrong_password: {
    status: 403,
    title: 'The password is wrong',
    advice: 'Send the current password of the account.',
  },
  wrong_code: {
    status: 403,
    title: 'The code is wrong or was used before',
    advice:
      'Send the next code of the authenticator app, or another recovery code: each works once.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    advice: 'There is no such resource, or it belongs to another tenant.',
  },
  launch_not_found: {
    status: 404,
    title: 'No such launch',
    advice:
      'The token in the URL is unknown, or has had no commit for 24 hours: open a launch with `POST /v1/scorm/launches`.',
  },
  route_not_found: {
    status: 404,
    title: 'No such path',
    advice: 'The paths of this API are listed in `/openapi.json`.',
  },
  tenant_not_found: {
    status: 404,
    title: 'No such tenant',
    advice: 'The tenant that the request names does not exist.',
  },
  method_not_allowed: {
    status: 405,
    title: 'The path does not take this method',
    advice: 'Use one of the methods in the `Allow` header.',
  },
  request_timeout: {
    status: 408,
    title: 'The request took too long to arrive',
    advice: 'Send headers and body without long pauses.',
  },
  idempotency_conflict: {
    status: 409,
    title: 'The idempotency key was used with another body',
    advice: 'Use a new key for a new event. To repeat a request, send exactly the same body.',
  },
  webhook_limit_reached: {
    status: 409,
    title: 'The tenant has reached its limit of webhooks',
    advice: 'Delete a webhook, or ask the operator to raise the limit of the tenant.',
  },
  event_type_taken: {
    status: 409,
    title: 'The name of the event type is taken',
    advice:
      'The catalogue, Schoolbell itself, the platform or your tenant already has a type of this name. Choose another name, or change the existing type.',
  },
  event_type_limit_reached: {
    status: 409,
    title: 'The tenant has reached its limit of event types',
    advice: 'Delete an event type, or ask the operator to raise the limit of the tenant.',
  },
  webhook_paused: {
    status: 409,
    title: 'The webhook is paused',
    advice: 'Resume the webhook first; its waiting deliveries are then sent.',
  },
  event_pruned: {
    status: 409,
    title: 'The event of the delivery was pruned',
    advice:
      'The event is older than the history that is kept, so there is nothing left to send. Have it posted again, as a new event.',
  },
  event_erased: {
    status: 409,
    title: 'The event of the delivery was erased',
    advice:
      'The learner of the event wished to be forgotten, so there is nothing left to send. Have it posted again, as a new event, if it may still go out.',
  },
  delivery_not_retryable: {
    status: 409,
    title: 'The delivery cannot be retried',
    advice: 'A delivery that was discarded, or whose webhook was deleted, is not sent again.',
  },
  email_taken: {
    status: 409,
    title: 'The e-mail address cannot be used',
    advice: 'Choose another e-mail address: an address can belong to one user only.',
  },
  user_active: {
    status: 409,
    title: 'The user has already accepted the invitation',
    advice: 'A user who has forgotten the password can ask for a new one on the sign-in page.',
  },
  last_owner: {
    status: 409,
    title: 'No owner would be left',
    advice:
      'Make another user an owner first, then try again. If this owner has ever signed in, the other one must have, too.',
  },
  second_factor_active: {
    status: 409,
    title: 'A second factor is already set up',
    advice: 'To set up another one, first remove this one with `DELETE /v1/me/totp`.',
  },
  no_second_factor: {
    status: 409,
    title: 'No second factor is set up',
    advice: 'Begin with `POST /v1/me/totp`.',
  },
  link_invalid: {
    status: 410,
    title: 'The link does not work',
    advice:
      'The link was used before, has expired or is incomplete: ask for a new password with `POST /v1/auth/password/forgot`, or for another invitation.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is too large',
    advice:
      'The limit is 256 KiB for an event or a setting, 1 MiB for a SCORM commit, and 4 MiB for a batch of events.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The body is not JSON',
    advice: 'Send `Content-Type: application/json`, without compression.',
  },
  validation_failed: {
    status: 422,
    title: 'The request breaks a rule',
    advice: '`errors` names each field with the rule that it breaks.',
  },
  tenant_required: {
    status: 422,
    title: 'No tenant was named',
    advice: 'A platform key names the tenant in `X-Tenant-Id`, or in the `tenantId` of an event.',
  },
  unknown_event_type: {
    status: 422,
    title: 'No such event type',
    advice:
      '`GET /v1/event-types` lists the types of the catalogue and those that were registered.',
  },
  format_cannot_carry: {
    status: 422,
    title: 'The format cannot carry these event types',
    advice: 'Choose another format, or leave out the event types that `errors` lists.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    advice: 'Wait for the number of seconds that `Retry-After` says.',
  },
  too_many_streams: {
    status: 429,
    title: 'Too many streams are open',
    advice:
      'Close streams that nobody watches: the number of open streams is limited for each user, key and tenant.',
  },
  headers_too_large: {
    status: 431,
    title: 'The headers are too large',
    advice: 'All headers together may have at most 16 KiB.',
  },
  internal_error: {
    status: 500,
    title: 'Internal error',
    advice: 'Repeat the request; if it fails again, tell the operator the `requestId`.',
  },
  service_unavailable: {
    status: 503,
    title: 'The service is temporarily unavailable',
    advice:
      'Repeat the request after `Retry-After` seconds; with an idempotency key nothing happens twice.',
  },
  query_too_slow: {
    status: 503,
    title: 'The list took too long to read',
    advice:
      'Ask for less: narrow the time range with `from` and `to`, or choose one webhook or one type.',
  },
  dispatcher_unavailable: {
    status: 504,
    title: 'No dispatcher made the attempt in time',
    advice:
      'The test stays queued. Check `GET /health/ready` and that a dispatcher is running, then look at the delivery of the test.',
  },
} as const satisfies Record<string, ErrorCodeEntry>;

export type ErrorCode = keyof typeof ERROR_CODES;
