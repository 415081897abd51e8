import { HttpException } from '@nestjs/common';
import { HasherBusyError } from '@schoolbell/passwords';
import { isDatabaseUnavailable, ListTooSlowError } from '@schoolbell/persistence';
import { ApiError, type FieldError } from './api-error.js';
import { ERROR_CODES, type ErrorCode } from './error-codes.js';

/** RFC 9457, with our stable `code`. */
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

/** Seconds after which a caller may try again when something behind us is away. */
const RETRY_AFTER_SECONDS = '2';

/** Turns whatever was thrown into the refusal that the caller sees. Nothing internal gets through. */
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

/** The statuses that Fastify and Nest themselves refuse requests with. */
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
