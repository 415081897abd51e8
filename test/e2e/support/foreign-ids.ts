import type { OpenApiDocument, OpenApiOperation } from './openapi.js';
import { bodyExampleOf } from './openapi.js';

/** Fields and query parameters that name one of a tenant's things. */
const NAMES_SOMETHING = /^(q|id|ids|actor|resource|cursor)$|(Id|Ids|_id)$/;

interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
}

/** The query parameters of an operation that may contain an id. */
export function idParametersOf({ parameters }: OpenApiOperation): string[] {
  const inQuery = (parameters ?? []).filter((parameter) => parameter.in === 'query');
  return inQuery.map(({ name }) => name).filter((name) => NAMES_SOMETHING.test(name));
}

/** Bodies of an operation: its example with the given id in one of the fields that may contain one. */
export function bodiesWith(
  document: OpenApiDocument,
  operation: OpenApiOperation,
  id: string,
): unknown[] {
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (!schema) return [];
  return changed(document, schema, bodyExampleOf(operation) ?? {}, id);
}

function changed(
  document: OpenApiDocument,
  given: Schema,
  example: unknown,
  id: string,
): unknown[] {
  const schema = resolved(document, given);
  if (schema.items) {
    const [first] = (example as unknown[] | undefined) ?? [];
    return changed(document, schema.items, first ?? {}, id).map((item) => [item]);
  }
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const fields = { ...(example as Record<string, unknown>) };
    const { type, items } = resolved(document, property);
    const inside = changed(document, property, fields[name], id);
    const own = !NAMES_SOMETHING.test(name) ? [] : items || type === 'array' ? [[id]] : [id];
    return [...own, ...inside].map((value) => ({ ...fields, [name]: value }));
  });
}

function resolved({ components }: OpenApiDocument, schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (components.schemas[name] as Schema);
}
