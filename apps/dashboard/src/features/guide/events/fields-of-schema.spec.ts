import { describe, expect, it } from 'vitest';
import { fieldsOf, kindOf } from './fields-of-schema.ts';

describe('the fields of an event type in words', () => {
  it('stand in the order of the schema, what is always there first, those of an object behind it', () => {
    const schema = {
      type: 'object',
      required: ['sessionId'],
      properties: {
        learner: { type: 'object', properties: { email: { type: 'string', maxLength: 320 } } },
        sessionId: { type: 'string', maxLength: 255, description: 'The session.' },
        scores: {
          type: 'array',
          items: { type: 'object', properties: { raw: { type: 'number' } } },
        },
      },
    };
    expect(fieldsOf(schema)).toEqual([
      {
        path: 'sessionId',
        required: true,
        kind: 'text of up to 255 characters',
        description: 'The session.',
      },
      { path: 'learner', required: false, kind: 'object', description: '' },
      {
        path: 'learner.email',
        required: false,
        kind: 'text of up to 320 characters',
        description: '',
      },
      { path: 'scores', required: false, kind: 'list of object', description: '' },
      { path: 'scores[].raw', required: false, kind: 'number', description: '' },
    ]);
  });

  it.each([
    [{ enum: ['passed', 'failed', 'unknown'] }, 'passed, failed or unknown'],
    [{ type: 'number', minimum: -1, maximum: 1 }, 'number from -1 to 1'],
    [{ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, 'whole number, at least 0'],
    [{ type: ['string', 'null'], maxLength: 1000 }, 'text of up to 1,000 characters or null'],
    [{ type: 'string', format: 'date-time' }, 'date and time'],
    [{ anyOf: [{ type: 'boolean' }, { type: 'string' }] }, 'true or false or text'],
    [{ const: 7 }, '7'],
    [true, 'anything'],
    [{}, 'anything'],
  ])('%j is %s', (schema, words) => {
    expect(kindOf(schema)).toBe(words);
  });

  it('a schema that allows everything names no field', () => {
    expect(fieldsOf(true)).toEqual([]);
  });
});
