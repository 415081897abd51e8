import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiBody,
  ApiExtension,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiResponse,
  ApiSecurity,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Permission } from '@schoolbell/identity';
import type { RouteAccess, TenantRule } from '../auth/route-access.js';
import type { ErrorCode } from '../http/error-codes.js';
import { type ProblemShape, problemResponses } from './problem-responses.js';
import { whenDescribed } from './when-described.js';

type Schema = Extract<Parameters<typeof ApiBody>[0], { schema: unknown }>['schema'];

/**
 * A class with `@ApiProperty` fields, or a JSON Schema; for a stream of server-sent events, the shape of their data.
 */
type Shape = { type: Type } | { pageOf: Type } | { streamOf: Type[] } | { schema: Schema };

/** The same answer in another form, requested by `Accept`. */
interface OtherMedia {
  mediaType: string;
  type: Type;
  example: unknown;
}

export interface OperationContract {
  /** The name in generated clients, which never changes: a verb and its object, `getDelivery`. */
  id: string;
  summary: string;
  description?: string;
  /** `any`: every valid credential; `user`: a signed-in user; `public`: everybody. */
  permission: Permission | 'any' | 'user' | 'public';
  /** Public, with the token of a launch in its URL as the credential. */
  byLaunchToken?: boolean;
  /** Public, and uses a cookie: requests that another site made a browser send are refused. */
  sameOrigin?: boolean;
  /** Default `required`. */
  tenant?: TenantRule;
  /** More than reading and retrying, so the platform's support may not use it. */
  notForSupport?: true;
  /** Bytes; 256 KiB otherwise. */
  bodyLimit?: number;
  /** Takes JSON that other routes refuse, for example with NUL characters. */
  anyJson?: boolean;
  /** `none`: it needs no body although its method may have one; a body that is sent is still read. */
  body?: (Shape & { example: unknown; required?: boolean }) | 'none';
  answer: { status: number; description: string } & (
    (Shape & { example: unknown; besides?: OtherMedia }) | { type?: undefined }
  );
  /** In addition to the errors that every operation of its kind has. */
  errors?: readonly ErrorCode[];
  /** Default: a plain problem. */
  problem?: ProblemShape;
}

/**
 * The whole contract of an operation in one place: who may call it, what it answers, and what OpenAPI says about both.
 * A route without it does not start.
 */
export function Operation(contract: OperationContract): MethodDecorator {
  const access = accessOf(contract);
  const { bodyLimit, anyJson } = contract;
  const config = { access, ...(bodyLimit && { bodyLimit }), ...(anyJson && { anyJson }) };
  return applyDecorators(
    HttpCode(contract.answer.status),
    RouteConfig(config),
    whenDescribed(() => documentationOf(contract, access)),
  );
}

function documentationOf(contract: OperationContract, access: RouteAccess): MethodDecorator[] {
  return [
    ApiOperation({
      operationId: contract.id,
      summary: contract.summary,
      description: describe(contract),
    }),
    ApiExtension('x-permission', contract.permission),
    ...securityOf(access),
    ...bodyOf(contract),
    answerOf(contract),
    ...problemResponses(access, contract),
  ];
}

function accessOf(contract: OperationContract): RouteAccess {
  const { permission, byLaunchToken, sameOrigin, tenant = 'required', notForSupport } = contract;
  if (permission === 'public') {
    return {
      public: true,
      ...(byLaunchToken && { byLaunchToken }),
      ...(sameOrigin && { sameOrigin }),
    };
  }
  return { permission, tenant, ...(notForSupport && { notForSupport }) };
}

const WHO = {
  any: 'Permission: any valid key or access token.',
  user: 'For users who signed in, whatever their role.',
  public: 'Public.',
};

function describe({ permission, description }: OperationContract): string {
  const line = WHO[permission as keyof typeof WHO] ?? `Permission: \`${permission}\`.`;
  return description ? `${description}\n\n${line}` : line;
}

function securityOf(access: RouteAccess): MethodDecorator[] {
  if (access.public) return [];
  const security = [ApiSecurity('bearer')];
  if (access.permission !== 'user') security.push(ApiSecurity('apiKey'));
  if (access.tenant === 'none') return security;
  const tenantHeader = ApiHeader({
    name: 'X-Tenant-Id',
    required: false,
    description:
      'The tenant that a key or user of the platform acts for. A key or user of a tenant can leave it out.',
    example: 'ten_01jcfpwpg0fgx9p79fda74r401',
  });
  return [...security, tenantHeader];
}

function bodyOf({ body }: OperationContract): MethodDecorator[] {
  if (!body || body === 'none') return [];
  const examples = { example: { value: body.example } };
  return [
    ...modelsOf(body),
    ApiBody({ schema: schemaOf(body), examples, required: body.required ?? true }),
  ];
}

function answerOf({ answer }: OperationContract): MethodDecorator {
  const { status, description } = answer;
  if (!isShaped(answer)) return ApiResponse({ status, description });
  const { besides } = answer;
  const mediaType = 'streamOf' in answer ? 'text/event-stream' : 'application/json';
  const content = {
    [mediaType]: { schema: schemaOf(answer), example: answer.example },
    ...(besides && {
      [besides.mediaType]: { schema: schemaOf(besides), example: besides.example },
    }),
  };
  const models = [...modelsOf(answer), ...(besides ? modelsOf(besides) : [])];
  return applyDecorators(...models, ApiResponse({ status, description, content }));
}

function isShaped(answer: OperationContract['answer']): answer is {
  status: number;
  description: string;
} & Shape & {
    example: unknown;
    besides?: OtherMedia;
  } {
  return 'example' in answer;
}

function modelsOf(shape: Shape): MethodDecorator[] {
  if ('type' in shape) return [ApiExtraModels(shape.type)];
  if ('pageOf' in shape) return [ApiExtraModels(shape.pageOf)];
  if ('streamOf' in shape) return [ApiExtraModels(...shape.streamOf)];
  return [];
}

function schemaOf(shape: Shape): Schema {
  if ('schema' in shape) return shape.schema;
  if ('type' in shape) return { $ref: getSchemaPath(shape.type) };
  if ('streamOf' in shape) {
    return { anyOf: shape.streamOf.map((type) => ({ $ref: getSchemaPath(type) })) };
  }
  return {
    type: 'object',
    required: ['data', 'nextCursor'],
    properties: {
      data: { type: 'array', items: { $ref: getSchemaPath(shape.pageOf) } },
      nextCursor: { type: 'string', nullable: true, description: 'Null on the last page.' },
    },
  };
}
