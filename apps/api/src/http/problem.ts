import { HttpException } from '@nestjs/common';
import { HasherBusyError } from '@schoolbell/passwords';
import { isDatabaseUnavailable, ListTooSlowError } from '@schoolbell/persistence';
import { ApiError, type FieldError } from './api-error.js';
import { ERROR_CODES, type ErrorCode } from './error-codes.js';

/** RFC 9457, with Schoolbell's stable `code`. */
interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  errors?: readonly FieldError[];
  requestId: string;
}

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

/** How long callers should wait when something behind the API is away. */
const RETRY_AFTER_SECONDS = '2';

/** Turns whatever was thrown into the refusal that the caller sees, without internal details. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof ListTooSlowError) {
    return new ApiError('query_too_slow', undefined, { cause: thrown });
  }
  if (isDatabaseUnavailable(thrown) || thrown instanceof HasherBusyError)
    return unavailable(thrown);
  const status = statusOf(thrown);
  if (status === undefined || status >= 500) {
    return new ApiError('internal_error', undefined, { cause: thrown });
  }
  return new ApiError(CODE_OF_STATUS[status] ?? 'malformed_request', undefined, { cause: thrown });
}

export function toProblem(error: ApiError, requestId: string): Problem {
  return {
    type: `/docs/errors#${error.code}`,
    title: ERROR_CODES[error.code].title,
    status: error.status,
    detail: error.message,
    code: error.code,
    ...(error.errors && { errors: error.errors }),
    requestId,
  };
}

/** The statuses with which Fastify and Nest refuse requests. */
const CODE_OF_STATUS: Partial<Record<number, ErrorCode>> = {
  400: 'malformed_request',
  404: 'route_not_found',
  408: 'request_timeout',
  413: 'body_too_large',
  414: 'malformed_request',
  415: 'unsupported_media_type',
  431: 'headers_too_large',
};

function unavailable(cause: unknown): ApiError {
  return new ApiError('service_unavailable', undefined, {
    cause,
    headers: { 'Retry-After': RETRY_AFTER_SECONDS },
  });
}

function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  const status = (thrown as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}
