import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { EVENT_ENVELOPE } from '../events/event-envelope.js';
import { readEvent } from '../events/read-event.js';
import { readPlayerCommit, readServerCommit, SERVER_COMMIT } from '../scorm/commit-input.js';
import { LAUNCH, readLaunch } from '../scorm/launch-input.js';
import { arbitraryOf, type JsonSchema, merged } from '../testing/arbitrary-of-schema.js';
import { hostileName, hostileValue } from '../testing/hostile-values.js';
import { bodyClasses, openApiDocument, queryClasses } from '../testing/inputs-of-api.js';
import { spoiled } from '../testing/spoiled.js';
import { ApiError } from './api-error.js';
import { faultOfJson } from './json-hygiene.js';
import { validated } from './valid.js';

const UNKNOWN = 'aFieldThatNobodyKnows';
const REFUSALS = ['validation_failed', 'malformed_json', 'body_too_large'];
/**
 * The same bodies each time, so that a new fault comes from a change. For other bodies, use another seed and more runs.
 */
const RUNS = { numRuns: 60, seed: 28_112_026 };
/** 2026-11-28. */
const NOW = 1_795_824_000_000;

let schemas: Record<string, JsonSchema>;
beforeAll(async () => {
  schemas = (await openApiDocument()).components!.schemas as Record<string, JsonSchema>;
});

const resolve = (reference: string): JsonSchema => schemas[reference.split('/').at(-1)!]!;
const documented = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const anything = fc.oneof(
  hostileValue,
  fc.dictionary(hostileName, hostileValue, { noNullPrototype: true }),
);

/** @throws anything that is not a refusal, for it would be a 500 */
function refusalOf(read: () => unknown): ApiError | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

/** The code may throw refusals, and nothing else. */
function expectRefusedAtMost(bodies: fc.Arbitrary<unknown>, read: (body: unknown) => unknown) {
  // Such faults are refused before any route reads the body.
  const clean = bodies.filter((body) => faultOfJson(body) === undefined);
  const property = fc.property(clean, (body) => {
    const refusal = refusalOf(() => read(body));
    if (refusal) expect(REFUSALS).toContain(refusal.code);
  });
  fc.assert(property, RUNS);
}

/** Copies of a body with an unknown field: in the body itself, and in each object within it that has a class. */
function withUnknownFields(body: unknown, schema: JsonSchema): { path: string; body: object }[] {
  const { properties, additionalProperties } = merged(schema, resolve);
  if (!properties || additionalProperties || typeof body !== 'object' || body === null) return [];
  const within = Object.entries(body).flatMap(([name, inner]) =>
    withUnknownFields(inner, classOf(properties[name])).map((spoilt) => ({
      path: `${name}.${spoilt.path}`,
      body: { ...body, [name]: spoilt.body },
    })),
  );
  return [{ path: UNKNOWN, body: { ...body, [UNKNOWN]: 1 } }, ...within];
}

/** The settings of formats have no class: the format checks them. */
const classOf = (schema: JsonSchema = {}): JsonSchema =>
  schema.$ref || schema.allOf ? schema : {};

describe.each(bodyClasses().map((type) => [type.name, type] as const))('a %s', (name, type) => {
  const read = (body: unknown): object => validated(type, body);
  const valid = (): fc.Arbitrary<unknown> => arbitraryOf(documented(name), resolve);

  it('is accepted where it is as the document says', () => {
    const property = fc.property(valid(), (body) => {
      expect(refusalOf(() => read(body))?.errors ?? [], JSON.stringify(body)).toEqual([]);
    });
    fc.assert(property, RUNS);
  });

  it('is refused with a field that it does not have, at any depth', () => {
    const property = fc.property(valid(), (body) => {
      for (const spoilt of withUnknownFields(body, documented(name))) {
        const refusal = refusalOf(() => read(spoilt.body));
        expect(refusal?.errors?.map(({ path }) => path)).toContain(spoilt.path);
      }
    });
    fc.assert(property, RUNS);
  });

  it('is refused by the rules, and by nothing else, whatever it is', () => {
    expectRefusedAtMost(fc.oneof(anything, spoiled(valid())), read);
  });
});

describe.each(queryClasses().map((type) => [type.name, type] as const))('a %s', (_name, type) => {
  it('is refused by the rules, and by nothing else, whatever it is', () => {
    const names = Object.keys(new type());
    const known = fc.constantFrom('limit', 'cursor', 'from', 'to', 'type', ...names);
    const value = fc.oneof(
      fc.string(),
      fc.array(fc.string()),
      hostileValue.map((any) => JSON.stringify(any)),
    );
    expectRefusedAtMost(fc.dictionary(fc.oneof(known, hostileName), value), (query) =>
      validated(type, query),
    );
  });
});

const READERS: [string, JsonSchema, (body: unknown) => unknown][] = [
  ['an event', EVENT_ENVELOPE as unknown as JsonSchema, readPosted],
  ['a launch', LAUNCH as JsonSchema, readLaunch],
  ['a commit of a server', SERVER_COMMIT as JsonSchema, (body) => readServerCommit(body, NOW)],
  ['a commit of a player', { type: 'object' }, (body) => readPlayerCommit(body, {})],
];

function readPosted(body: unknown): unknown {
  return readEvent(body, { path: '', tenantOf: () => 'a tenant', now: NOW });
}

describe.each(READERS)('%s', (_name, schema, read) => {
  it('is refused by the rules, and by nothing else, whatever it is', () => {
    const valid = arbitraryOf(schema, resolve);
    expectRefusedAtMost(fc.oneof(anything, valid, spoiled(valid)), read);
  });
});
