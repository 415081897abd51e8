import { ApiExtension, ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { RouteAccess } from '../auth/route-access.js';
import { ApiError } from '../http/api-error.js';
import { ERROR_CODES, type ErrorCode } from '../http/error-codes.js';
import { toProblem } from '../http/problem.js';
import { ProblemDocument } from './problem-document.js';

const REQUEST_ID = 'req_01931f6e-5a00-7c3a-9b1d-2f6a8e4c1001';

/** The errors of an operation as OpenAPI responses: one for each status, with an example for each code. */
export function problemResponses(
  access: RouteAccess,
  operation: { body?: unknown; errors?: readonly ErrorCode[] },
): MethodDecorator[] {
  const codes = [...new Set([...codesOf(access, operation), ...(operation.errors ?? [])])];
  const byStatus = Map.groupBy(codes, (code) => ERROR_CODES[code].status);
  return [
    ApiExtension('x-error-codes', codes.toSorted()),
    ApiExtraModels(ProblemDocument),
    ...[...byStatus].map(([status, ofStatus]) => problemResponse(status, ofStatus)),
  ];
}

function codesOf(access: RouteAccess, { body }: { body?: unknown }): ErrorCode[] {
  const codes: ErrorCode[] = ['rate_limited', 'internal_error', 'service_unavailable'];
  if (!access.public) {
    codes.push('unauthenticated', 'permission_denied', 'tenant_not_found');
    if (access.permission !== 'platform') codes.push('tenant_mismatch');
    if (access.tenant === 'required') codes.push('tenant_required');
  }
  if (body) codes.push('malformed_json', 'body_too_large', 'unsupported_media_type');
  if (body && body !== 'none') codes.push('validation_failed');
  return codes;
}

function problemResponse(status: number, codes: readonly ErrorCode[]): MethodDecorator {
  return ApiResponse({
    status,
    description: codes.map((code) => `\`${code}\`: ${ERROR_CODES[code].title}`).join('  \n'),
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(ProblemDocument) },
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
      },
    },
  });
}

function exampleOf(code: ErrorCode): unknown {
  const errors =
    code === 'validation_failed' ? [{ path: 'url', message: 'must be an https URL' }] : undefined;
  return toProblem(new ApiError(code, undefined, { errors }), REQUEST_ID);
}
