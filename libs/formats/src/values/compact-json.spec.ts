import { describe, expect, it } from 'vitest';
import { compactJson } from './compact-json.js';

describe('a body', () => {
  it('leaves out what is absent, in whatever way', () => {
    const value = { a: undefined, b: null, c: JSON.parse('1e400'), d: { e: null }, f: 0, g: false };
    expect(compactJson(value)).toBe('{"d":{},"f":0,"g":false}');
  });

  it('keeps text beyond ASCII and slashes as they are', () => {
    expect(compactJson({ title: 'Über / 概要' })).toBe('{"title":"Über / 概要"}');
  });
});
