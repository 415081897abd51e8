/** The API's refusal as problem+json (RFC 9457), or the failure to reach the API at all. */
export class ApiProblem extends Error {
  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    /** Stable, see `/docs/errors`; `unreachable` when no answer came. */
    readonly code: string,
    /** The sentence for the user. */
    readonly detail: string,
    readonly errors: readonly { path: string; message: string }[] = [],
    readonly requestId?: string,
    /** Seconds until the call is worth repeating, where the API says so. */
    readonly retryAfter?: number,
  ) {
    super(detail);
    this.name = 'ApiProblem';
  }

  /** Whether the same call can succeed later although nobody changes anything. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

interface ProblemBody {
  code?: string;
  title?: string;
  detail?: string;
  errors?: { path: string; message: string }[];
  requestId?: string;
}

/** Turns whatever a call threw into a problem. */
export function problemOf(error: unknown, response?: Response): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (!response || response.ok) {
    return new ApiProblem(0, 'unreachable', 'The API cannot be reached. Nothing was changed.');
  }
  const body: ProblemBody = typeof error === 'object' && error !== null ? error : {};
  return new ApiProblem(
    response.status,
    body.code ?? 'unknown',
    body.detail ?? body.title ?? `The API answered ${response.status}.`,
    body.errors,
    body.requestId ?? response.headers.get('x-request-id') ?? undefined,
    Number(response.headers.get('retry-after')) || undefined,
  );
}
