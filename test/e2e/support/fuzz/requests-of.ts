import fc from 'fast-check';
import { bodyExampleOf, type OpenApiOperation } from '../openapi.js';
import {
  arbitraryOf,
  type JsonSchema,
  type Resolve,
} from '../../../../apps/api/src/testing/arbitrary-of-schema.js';
import {
  anyText,
  HOSTILE_BODIES,
  hostileName,
  hostileValue,
} from '../../../../apps/api/src/testing/hostile-values.js';
import type { RawRequest } from './raw-request.js';
import { spoiled } from '../../../../apps/api/src/testing/spoiled.js';

type Requests = fc.Arbitrary<RawRequest>;

export interface RequestParts {
  operation: OpenApiOperation;
  resolve: Resolve;
  /** Ids of the thing in the path. */
  ids: fc.Arbitrary<string>;
  /** With the credential of the principal that may do most with it. */
  headers: Record<string, string>;
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

/** As the document describes it: parameters and body by their schemas, or by the example. */
export function validRequests(parts: RequestParts): Requests {
  return fc
    .tuple(targets(parts, validQuery(parts)), parameterHeaders(parts), validBodies(parts))
    .map(([target, own, body]) => request(parts, target, { ...own, ...parts.headers }, body));
}

/** With a JSON body that is wrong somewhere. */
export function spoiltBodies(parts: RequestParts): Requests {
  const bodies = spoiled(validBodies(parts));
  return fc
    .tuple(targets(parts), bodies)
    .map(([target, body]) => request(parts, target, parts.headers, body));
}

/** With random bytes as the body, of any declared type. */
export function hostileBodies(parts: RequestParts): Requests {
  const bodies = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_BODIES) },
    fc.json(),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  );
  const types = fc.oneof(
    { weight: 3, arbitrary: fc.constant('application/json') },
    fc.constantFrom(
      'text/plain',
      'application/json; charset=utf-16',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/problem+json',
      'nonsense',
      '',
    ),
  );
  return fc.tuple(targets(parts), bodies, types).map(([target, body, type]) => ({
    method: parts.operation.method,
    target,
    headers: { ...parts.headers, 'Content-Type': type, ...lengthOf(body) },
    body,
  }));
}

/** With a query of known and unknown names, repeated, nested, and with any values. */
export function hostileQueries(parts: RequestParts): Requests {
  const names = parametersIn(parts, 'query').map(({ name }) => name);
  const known = fc.constantFrom('x', ...names, ...names.map((name) => `${name}[]`));
  const name = fc.oneof({ weight: 4, arbitrary: known }, hostileName);
  const value = fc.oneof(
    hostileValue.map((any) => (typeof any === 'string' ? any : JSON.stringify(any))),
    fc.constantFrom('-1', '1e9', '0x10', 'NaN', '%00', '1'.repeat(400), '2026-13-45T99:99:99Z'),
  );
  const pairs = fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 4 });
  const query = pairs.map((all) => all.map((pair) => pair.map(escaped).join('=')).join('&'));
  return fc
    .tuple(targets(parts, query), validBodies(parts))
    .map(([target, body]) => request(parts, target, parts.headers, body));
}

/** With ids that were in no answer. */
export function hostileIds(parts: RequestParts): Requests {
  const made = fc.oneof(
    hostileValue.map((any) => (typeof any === 'string' ? any : JSON.stringify(any))),
    parts.ids.map((id) => id.toUpperCase()),
    parts.ids.map((id) => `${id.slice(0, -1)}z`),
    parts.ids.map((id) => `${id}\u0000`),
    anyText({ minLength: 1, maxLength: 60 }),
  );
  const ids = made.filter((id) => !/^\.{0,2}$/.test(id)).map(escaped);
  return fc
    .tuple(targets({ ...parts, ids }, undefined, true), validBodies(parts))
    .map(([target, body]) => request(parts, target, parts.headers, body));
}

/** With headers that are long, repeated, or have unexpected values. */
export function hostileHeaders(parts: RequestParts): Requests {
  const names = ['X-Tenant-Id', 'Idempotency-Key', 'X-Request-Id', 'Accept', 'Origin'];
  const own = parametersIn(parts, 'header').map(({ name }) => name);
  const name = fc.constantFrom(...names, ...own, 'Cookie', 'If-Match', 'X-Forwarded-For');
  const text = fc.oneof(
    fc.string({ unit: 'grapheme-ascii', maxLength: 100 }),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    fc.constantFrom('', 'x'.repeat(7_000), 'x'.repeat(17_000), '*/*;q=nonsense', 'null', '{}'),
  );
  // Neither Node nor any other HTTP library sends these.
  // oxlint-disable-next-line no-control-regex
  const value = text.map((any) => any.replaceAll(/[^\t\u0020-\u007e\u0080-\u00ff]/g, '').trim());
  const some = fc.dictionary(
    name,
    fc.oneof(value, fc.array(value, { minLength: 2, maxLength: 3 })),
    {
      minKeys: 1,
      maxKeys: 3,
      noNullPrototype: true,
    },
  );
  return fc.tuple(targets(parts), some, validBodies(parts)).map(([target, headers, body]) => ({
    ...request(parts, target, parts.headers, body),
    headers: { ...headers, ...request(parts, target, parts.headers, body).headers },
  }));
}

function request(
  { operation }: RequestParts,
  target: string,
  headers: Record<string, string>,
  body: unknown,
): RawRequest {
  const { method } = operation;
  if (body === undefined) return { method, target, headers };
  const text = JSON.stringify(body);
  return { method, target, headers: { ...headers, ...JSON_TYPE, ...lengthOf(text) }, body: text };
}

const lengthOf = (body: string | Buffer) => ({ 'Content-Length': String(Buffer.byteLength(body)) });

/** The body by its schema, the example, or the example with some fields by the schema; `undefined` if there is none. */
function validBodies({ operation, resolve }: RequestParts): fc.Arbitrary<unknown> {
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (!schema) return fc.constant(undefined);
  const example = bodyExampleOf(operation);
  const made = arbitraryOf(schema as JsonSchema, resolve);
  const mixed = fc.tuple(made, fc.nat()).map(([body, chosen]) => {
    const fields = Object.entries(Object(body)).filter((_field, at) => (chosen >> (at % 31)) & 1);
    return { ...(example as object), ...Object.fromEntries(fields) };
  });
  return fc.oneof(fc.constant(example), made, mixed);
}

/** Few parameters at a time: most filters have rules beyond their schema. */
function validQuery(parts: RequestParts): fc.Arbitrary<string> {
  const parameters = parametersIn(parts, 'query');
  const pairs = fc.subarray(parameters, { maxLength: Math.min(2, parameters.length) });
  return pairs.chain((some) =>
    fc
      .tuple(...some.map((parameter) => valueOf(parameter, parts)))
      .map((values) => values.map((value, at) => `${some[at]!.name}=${escaped(value)}`).join('&')),
  );
}

function valueOf(
  { name, schema, example }: OpenApiOperation['parameters'][number],
  { resolve }: RequestParts,
): fc.Arbitrary<string> {
  // Clients must not read a cursor; here it is known to be the id of a row.
  if (name === 'cursor') return fc.uint8Array({ minLength: 16, maxLength: 16 }).map(cursorOf);
  if (example !== undefined) return fc.constant(String(example));
  return arbitraryOf(schema as JsonSchema, resolve).map(String);
}

const cursorOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

function parameterHeaders(parts: RequestParts): fc.Arbitrary<object> {
  const fields = parametersIn(parts, 'header')
    .filter(({ name }) => name !== 'X-Tenant-Id')
    .map(({ name, example }) => [name, fc.constant(String(example ?? 'x'))] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [] });
}

function targets(
  { operation, ids }: Pick<RequestParts, 'operation' | 'ids'>,
  query: fc.Arbitrary<string> = fc.constant(''),
  asIs = false,
): fc.Arbitrary<string> {
  return fc.tuple(ids, query).map(([id, text]) => {
    const path = operation.path.replaceAll(/{\w+}/g, () => (asIs ? id : escaped(id)));
    return text === '' ? path : `${path}?${text}`;
  });
}

function parametersIn({ operation }: RequestParts, where: string) {
  return operation.parameters.filter((parameter) => parameter.in === where);
}

/** Percent-encodes every byte, and lone surrogates as the bytes that replace them. */
function escaped(text: string): string {
  if (/^[\w.:-]+$/.test(text)) return text;
  return [...Buffer.from(text, 'utf8')]
    .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
    .join('');
}
