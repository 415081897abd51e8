import { timeOfUuidV7 } from '@schoolbell/ids';
import { ERROR_CODES, type ErrorCode } from './error-codes.js';

const DAY_MS = 86_400_000;

/** A rule of one field that the request breaks. */
export interface FieldError {
  /** The field: `scopes.packageIds[3]`; empty for the body as a whole. */
  path: string;
  message: string;
}

interface ApiErrorOptions {
  errors?: readonly FieldError[];
  /** Response headers, such as `Retry-After`. */
  headers?: Record<string, string>;
  cause?: unknown;
}

/** The one way to refuse a request: a stable code and a sentence that says what to do. */
export class ApiError extends Error {
  readonly status: number;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Record<string, string>;

  /** @param detail about this occurrence; callers see it, so it must not contain internal details */
  constructor(
    readonly code: ErrorCode,
    detail: string = ERROR_CODES[code].advice,
    options: ApiErrorOptions = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = 'ApiError';
    this.status = ERROR_CODES[code].status;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
  }
}

/** 422 with each broken rule. */
export function validationFailed(errors: readonly FieldError[]): ApiError {
  const first = errors[0];
  const where = first?.path ? `${first.path}: ` : '';
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new ApiError('validation_failed', `${where}${first?.message ?? 'invalid'}${more}`, {
    errors,
  });
}

/** 404 for an id that does not exist, has the wrong form, or belongs to another tenant. */
export function notFound(what: string): ApiError {
  return new ApiError('not_found', `There is no such ${what}.`);
}

/** 404 for an id that is old enough to have been pruned: the id itself contains its time. */
export function notFoundOrPruned(what: string, id: string, retentionDays: number): ApiError {
  const ageMs = Date.now() - timeOfUuidV7(id);
  if (ageMs < retentionDays * DAY_MS) return notFound(what);
  return new ApiError(
    'not_found',
    `There is no such ${what}. History is kept for ${retentionDays} days; this id is older, so what it named may have been removed.`,
  );
}
