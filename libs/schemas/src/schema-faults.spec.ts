import { describe, expect, it } from 'vitest';
import { MAX_SCHEMA_BYTES, MAX_SCHEMA_DEPTH, schemaFaults } from './index.js';

const pathsOf = (schema: unknown): string[] =>
  schemaFaults(schema, 'schema').map(({ path }) => path);

const nested = (depth: number): object => (depth === 1 ? {} : { not: nested(depth - 1) });

/** A schema of exactly this many bytes. */
const sized = (bytes: number): object => ({
  description: 'é'.repeat((bytes - 18) / 2).padEnd((bytes - 18) / 2 + (bytes % 2)),
});

describe('a schema', () => {
  it.each([
    {},
    { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' },
    { $ref: '#/$defs/a', $defs: { a: { $ref: '#b' }, b: { $anchor: 'b' } } },
    // Names of fields and values of theirs are no keywords.
    { properties: { $id: { type: 'string' }, $ref: { const: { $ref: 'x', $id: 'y' } } } },
    { default: { $dynamicRef: '#x' }, examples: [{ $ref: 'https://x.example' }] },
  ])('may be %j', (schema) => expect(schemaFaults(schema, 'schema')).toEqual([]));

  it.each([
    [{ $ref: 'https://schemas.example/order' }, 'schema.$ref'],
    [{ $ref: 'other.json#/a' }, 'schema.$ref'],
    [{ $ref: 7 }, 'schema.$ref'],
    [{ $schema: 'http://json-schema.org/draft-07/schema#' }, 'schema.$schema'],
    [{ $id: 'https://schemas.example/order' }, 'schema.$id'],
    [{ $async: true }, 'schema.$async'],
    [{ $dynamicRef: '#node' }, 'schema.$dynamicRef'],
    [{ items: { $dynamicAnchor: 'node' } }, 'schema.items.$dynamicAnchor'],
    [{ allOf: [{}, { not: { $ref: 'a' } }] }, 'schema.allOf[1].not.$ref'],
    [{ properties: { a: { $ref: 'b' } } }, 'schema.properties.a.$ref'],
    [{ $defs: { a: { $id: 'b' } } }, 'schema.$defs.a.$id'],
    [{ dependencies: { a: { $id: 'b' }, c: ['d'] } }, 'schema.dependencies.a.$id'],
    [
      { dependentSchemas: { a: { $recursiveRef: '#' } } },
      'schema.dependentSchemas.a.$recursiveRef',
    ],
  ])('may not be %j, since of %s', (schema, path) => expect(pathsOf(schema)).toEqual([path]));

  it.each([null, 7, 'object', []])('is an object or a boolean, and not %j', (schema) => {
    expect(pathsOf(schema)).toEqual(['schema']);
    expect(pathsOf(true)).toEqual([]);
  });

  it('is at most 32 levels deep', () => {
    expect(pathsOf(nested(MAX_SCHEMA_DEPTH))).toEqual([]);
    expect(pathsOf(nested(MAX_SCHEMA_DEPTH + 1))).toEqual(['schema']);
    expect(pathsOf({ enum: [[nested(MAX_SCHEMA_DEPTH - 1)]] })).toEqual(['schema']);
  });

  it('has at most 64 KiB', () => {
    expect(pathsOf(sized(MAX_SCHEMA_BYTES))).toEqual([]);
    expect(pathsOf(sized(MAX_SCHEMA_BYTES + 1))).toEqual(['schema']);
    expect(pathsOf({ enum: Array(131_000).fill(1) })).toEqual(['schema']);
  });

  it('that is wrong in thousands of places is answered with less than it is itself', () => {
    const many = Array(3_000).fill({ $id: 1 });
    const faults = schemaFaults(
      { properties: { ['a'.repeat(30_000)]: { allOf: many } } },
      'schema',
    );
    expect(faults).toHaveLength(50);
    expect(JSON.stringify(faults).length).toBeLessThan(30_000);
  });
});
