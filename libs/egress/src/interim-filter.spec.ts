import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AnswerError,
  InterimFilter,
  MAX_ANSWER_BYTES,
  MAX_INTERIM_ANSWERS,
  MAX_INTERIM_BYTES,
} from './interim-filter.js';

const HINT = 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n';
const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** What undici gets to see of these chunks. */
function seen(...chunks: string[]): string {
  const filter = new InterimFilter();
  filter.begin();
  return chunks
    .map((chunk) => filter.pass(Buffer.from(chunk, 'latin1')).toString('latin1'))
    .join('');
}

const faultOf = (...chunks: string[]): string | undefined => {
  try {
    seen(...chunks);
  } catch (error) {
    return (error as AnswerError).code;
  }
  return undefined;
};

describe('interim answers', () => {
  it('are taken out, and the answer stays as it came, wherever its bytes are cut', () => {
    const interim = fc.array(fc.constantFrom(HINT, CONTINUE, '\r\n'), { maxLength: 10 });
    const answer = fc.constantFrom(
      ANSWER,
      'SSH-2.0\r\n',
      'HTTP/1.1 101 Switching Protocols\r\n\r\n',
    );
    const cuts = fc.array(fc.nat({ max: 500 }), { maxLength: 20 });
    fc.assert(
      fc.property(interim, answer, cuts, (before, after, at) => {
        const text = before.join('') + after;
        const ends = [...at, text.length].toSorted((a, b) => a - b);
        const chunks = ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end));
        expect(seen(...chunks)).toBe(after);
      }),
    );
  });

  it('may be ten, and not one more', () => {
    expect(seen(HINT.repeat(MAX_INTERIM_ANSWERS) + ANSWER)).toBe(ANSWER);
    expect(faultOf(HINT.repeat(MAX_INTERIM_ANSWERS + 1))).toBe('ERR_INTERIM_FLOOD');
    expect(faultOf(...HINT.repeat(MAX_INTERIM_ANSWERS + 1))).toBe('ERR_INTERIM_FLOOD');
  });

  it('may have 16 KiB together, and not one byte more', () => {
    const empty = 'HTTP/1.1 103 x\r\nx: \r\n\r\n';
    const hint = (bytes: number) => empty.replace('x: ', `x: ${'a'.repeat(bytes - empty.length)}`);
    expect(seen(hint(10_000) + hint(MAX_INTERIM_BYTES - 10_000) + ANSWER)).toBe(ANSWER);
    expect(faultOf(hint(10_000), hint(MAX_INTERIM_BYTES - 9_999))).toBe('ERR_INTERIM_FLOOD');
    expect(faultOf(hint(MAX_INTERIM_BYTES + 1))).toBe('ERR_INTERIM_FLOOD');
    expect(faultOf(hint(30_000).slice(0, MAX_INTERIM_BYTES + 1))).toBe('ERR_INTERIM_FLOOD');
    expect(faultOf('\r\n'.repeat(MAX_INTERIM_BYTES / 2 + 1))).toBe('ERR_INTERIM_FLOOD');
  });

  it('have lines that end as HTTP has them', () => {
    expect(faultOf(`HTTP/1.1 103 x\n\n${ANSWER}`)).toBe('ERR_INTERIM_MALFORMED');
    expect(faultOf(`HTTP/1.1 103 x\rlink: y\r\n\r\n${ANSWER}`)).toBe('ERR_INTERIM_MALFORMED');
  });

  it('are counted anew with each request, and looked for only until the answer begins', () => {
    const filter = new InterimFilter();
    for (let request = 0; request < 3; request++) {
      filter.begin();
      expect(filter.silent).toBe(true);
      expect(filter.pass(Buffer.from(HINT.repeat(9))).length).toBe(0);
      expect(filter.silent).toBe(false);
      expect(filter.pass(Buffer.from(ANSWER)).toString()).toBe(ANSWER);
      expect(filter.pass(Buffer.from(HINT)).toString()).toBe(HINT);
    }
  });
});

it('an answer of more than 256 KiB on the wire is given up', () => {
  const chunk = `HTTP/1.1 200 ${'x'.repeat(MAX_ANSWER_BYTES / 4 - 13)}`;
  expect(seen(chunk, chunk, chunk, chunk)).toHaveLength(MAX_ANSWER_BYTES);
  expect(faultOf(chunk, chunk, chunk, chunk, 'x')).toBe('ERR_ANSWER_FLOOD');
});
