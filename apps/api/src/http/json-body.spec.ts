import { describe, expect, it } from 'vitest';
import { ApiError } from './api-error.js';
import { parseJsonBody } from './json-body.js';
import { MAX_JSON_DEPTH } from './json-hygiene.js';

const detailOf = (text: string | Buffer): string => {
  try {
    parseJsonBody(Buffer.from(text));
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
  return 'accepted';
};
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('a JSON body', () => {
  it('is read as it was written', () => {
    const value = { a: [1, -0.5, 'ä🔔', null, true], b: { c: {} }, n: Number.MAX_SAFE_INTEGER };
    expect(parseJsonBody(Buffer.from(JSON.stringify(value)))).toEqual(value);
  });

  it.each([
    ['{', 'The body is not valid JSON.'],
    [Buffer.from([0x22, 0xc3, 0x28, 0x22]), 'The body is not valid UTF-8.'],
    [String.raw`["\u0000"]`, 'The body contains a NUL character.'],
    [String.raw`{"\udfff":1}`, 'The body contains a lone surrogate.'],
    ['[{"__proto__":1}]', 'The body contains a key named __proto__.'],
    ['[1e400]', 'The body contains a number beyond 2^53, which JSON readers do not keep exactly.'],
    [nested(MAX_JSON_DEPTH + 1), 'The body contains more than 64 levels of nesting.'],
  ])('is refused when it is %s', (text, detail) => {
    expect(detailOf(text)).toBe(detail);
  });

  it('may be as deep as is allowed', () => {
    expect(detailOf(nested(MAX_JSON_DEPTH))).toBe('accepted');
  });

  it('is not quoted when it is refused, since it may hold a secret', () => {
    expect(detailOf('{"secret":"hush}')).not.toContain('hush');
  });
});
