import type { ApiUnderTest } from './start-api.js';

export interface OpenApiOperation {
  method: string;
  /** `/v1/webhooks/{id}` */
  path: string;
  operationId: string;
  summary: string;
  parameters: { name: string; in: string; required: boolean; schema: object; example?: unknown }[];
  requestBody?: { required: boolean; content: Record<string, Media> };
  responses: Record<string, { description: string; content?: Record<string, Media> }>;
  security?: Record<string, string[]>[];
  'x-permission': string;
  'x-error-codes': string[];
}

export interface Media {
  schema: object;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}

export interface OpenApiDocument {
  openapi: string;
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas: Record<string, object> };
}

export async function openApiOf(api: ApiUnderTest): Promise<OpenApiDocument> {
  return (await api.stranger.get('/openapi.json')).body;
}

export function operationsOf(document: OpenApiDocument): OpenApiOperation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
    })),
  );
}

/**
 * Whether customers or the platform call it: excludes the service's own operations, such as `/health/live`, and those
 * with the credential in their URL.
 */
export const isResource = (operation: OpenApiOperation): boolean =>
  /^\/(api|v1)\//.test(operation.path) && operation['x-permission'] !== 'public';

/**
 * The resource that a path belongs to: `webhooks` for `/v1/webhooks/{id}/pause`; `scorm-api` for all paths of the SCORM
 * API, which has only webhooks of that format.
 */
export const resourceOf = (path: string): string =>
  path.startsWith('/api/') ? 'scorm-api' : path.split('/')[2]!;

/** The example of the operation's body, if it takes one. */
export function bodyExampleOf({ requestBody }: OpenApiOperation): unknown {
  const media = requestBody?.content['application/json'];
  return media?.example ?? Object.values(media?.examples ?? {})[0]?.value;
}
