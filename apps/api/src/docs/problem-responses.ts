import type { Type } from '@nestjs/common';
import { ApiExtension, ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { RouteAccess } from '../auth/route-access.js';
import { ApiError } from '../http/api-error.js';
import { ERROR_CODES, type ErrorCode } from '../http/error-codes.js';
import { toProblem } from '../http/problem.js';
import { ProblemDocument } from './problem-document.js';

const REQUEST_ID = 'req_01931f6e-5a00-7c3a-9b1d-2f6a8e4c1001';

/** How the errors of an operation look. */
export interface ProblemShape {
  type: Type<ProblemDocument>;
  /** The fields in addition to the problem's. */
  beside(error: ApiError): object;
}

const PROBLEM: ProblemShape = { type: ProblemDocument, beside: () => ({}) };

/** The errors of an operation as OpenAPI responses: one for each status, with an example for each code. */
export function problemResponses(
  access: RouteAccess,
  operation: { body?: unknown; errors?: readonly ErrorCode[]; problem?: ProblemShape },
): MethodDecorator[] {
  const { problem = PROBLEM } = operation;
  const codes = [...new Set([...codesOf(access, operation), ...(operation.errors ?? [])])];
  const byStatus = Map.groupBy(codes, (code) => ERROR_CODES[code].status);
  return [
    ApiExtension('x-error-codes', codes.toSorted()),
    ApiExtraModels(problem.type),
    ...[...byStatus].map(([status, ofStatus]) => problemResponse(problem, status, ofStatus)),
  ];
}

function codesOf(access: RouteAccess, { body }: { body?: unknown }): ErrorCode[] {
  const codes: ErrorCode[] = [
    'malformed_request',
    'rate_limited',
    'internal_error',
    'service_unavailable',
  ];
  if (access.public && access.sameOrigin) codes.push('cross_site_request');
  if (!access.public) {
    codes.push('unauthenticated', 'permission_denied', 'tenant_not_found');
    if (access.permission !== 'user') codes.push('second_factor_missing');
    if (access.permission !== 'platform') codes.push('tenant_mismatch');
    if (access.tenant === 'required') codes.push('tenant_required');
  }
  if (body) codes.push('malformed_json', 'body_too_large', 'unsupported_media_type');
  if (body && body !== 'none') codes.push('validation_failed');
  return codes;
}

function problemResponse(
  problem: ProblemShape,
  status: number,
  codes: readonly ErrorCode[],
): MethodDecorator {
  const examples = codes.map((code) => [code, { value: exampleOf(problem, code) }]);
  return ApiResponse({
    status,
    description: codes.map((code) => `\`${code}\`: ${ERROR_CODES[code].title}`).join('  \n'),
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(problem.type) },
        examples: Object.fromEntries(examples),
      },
    },
  });
}

function exampleOf({ beside }: ProblemShape, code: ErrorCode): unknown {
  const errors =
    code === 'validation_failed' ? [{ path: 'url', message: 'must be an https URL' }] : undefined;
  const error = new ApiError(code, undefined, { errors });
  return { ...toProblem(error, REQUEST_ID), ...beside(error) };
}
