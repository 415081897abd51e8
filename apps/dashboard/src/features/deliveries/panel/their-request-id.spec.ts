import { describe, expect, it } from 'vitest';
import { prettyBody } from './pretty-body.ts';
import { theirRequestId } from './their-request-id.ts';

describe('how their side calls a request', () => {
  it.each([
    [
      { 'x-request-id': 'a', 'cf-ray': 'b' },
      { name: 'x-request-id', value: 'a' },
    ],
    [
      { 'x-amzn-requestid': 'a', date: 'b' },
      { name: 'x-amzn-requestid', value: 'a' },
    ],
    [
      { 'x-request-id': '', 'cf-ray': 'b' },
      { name: 'cf-ray', value: 'b' },
    ],
    [{ date: 'b' }, undefined],
  ])('is found in %j', (headers, found) => {
    expect(theirRequestId(headers as Record<string, string>)).toEqual(found);
  });
});

describe('a body that is laid out to read', () => {
  it('is JSON with a line for each field', () => {
    expect(prettyBody('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
  });

  it.each(['a=1&b=2', '', '7', '"text"'])('has no other form where it is %j', (body) => {
    expect(prettyBody(body)).toBeUndefined();
  });
});
