import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { joinPath, schemaErrors } from './schema-errors.js';

const ajv = new Ajv2020({ allErrors: true, strictTypes: false });

function errorsOf(schema: object, value: unknown, parent?: string) {
  const validate = ajv.compile(schema);
  validate(value);
  return schemaErrors(validate.errors, parent);
}

describe('what Ajv finds', () => {
  it.each([
    [{ required: ['a'] }, {}, { path: 'a', message: 'is required' }],
    [
      { additionalProperties: false },
      { b: 1 },
      { path: 'b', message: 'is not a field of this request' },
    ],
    [
      { properties: { a: { type: 'object' } } },
      { a: 1 },
      { path: 'a', message: 'must be an object' },
    ],
    [
      { properties: { a: { enum: ['x', 'y'] } } },
      { a: 1 },
      { path: 'a', message: 'must be one of: x, y' },
    ],
    [
      { properties: { a: { items: { required: ['b'] } } } },
      { a: [{ b: 1 }, {}] },
      { path: 'a[1].b', message: 'is required' },
    ],
    [
      { anyOf: [{ required: ['a'] }, { required: ['b'] }] },
      {},
      { path: '', message: 'must have one of: a, b' },
    ],
    [
      { properties: { 'x/y~z': { type: 'string' } } },
      { 'x/y~z': 1 },
      { path: 'x/y~z', message: 'must be a string' },
    ],
    [
      { properties: { a: { minLength: 2 } } },
      { a: '' },
      { path: 'a', message: 'must not have fewer than 2 characters' },
    ],
    [
      { properties: { anyOf: { type: 'string' } } },
      { anyOf: 1 },
      { path: 'anyOf', message: 'must be a string' },
    ],
    [
      { properties: { a: { enum: Array.from({ length: 21 }, (_, n) => n) } } },
      { a: 'x' },
      {
        path: 'a',
        message:
          'must be one of: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, …',
      },
    ],
  ])('in %j becomes a path and a sentence', (schema, value, error) => {
    expect(errorsOf(schema, value)).toEqual([error]);
  });

  it('is placed below where the value stands', () => {
    expect(errorsOf({ required: ['a'] }, {}, 'events[3].data')).toMatchObject([
      { path: 'events[3].data.a' },
    ]);
    expect(joinPath('events', '[3]')).toBe('events[3]');
  });

  it('is cut where it would be longer than the request', () => {
    const items = { items: { type: 'string' } };
    expect(
      errorsOf(
        items,
        Array.from({ length: 500 }, () => 1),
      ),
    ).toHaveLength(50);
  });
});
