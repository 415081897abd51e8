import { type IdKind, toTypeId, uuidV7 } from '@schoolbell/ids';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchCandidates } from './search-candidates.js';

const kind = fc.constantFrom('event', 'delivery', 'attempt', 'webhook', 'batch', 'operation');
/** Ids of runtimes: any printable text. */
const runtimeId = fc.stringMatching(/^[!-~]([ -~]{0,40}[!-~])?$/);

/** Also halves of surrogate pairs, and control characters. */
const codeUnit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code));

/** The forms in which people paste an id. */
const PASTED: Record<string, (id: string) => string> = {
  alone: (id) => id,
  'with spaces around it': (id) => ` \t${id}\n`,
  'in JSON': (id) => JSON.stringify({ a: 1, b: [{ sessionId: id }] }, null, 2),
  'in a part of JSON': (id) => `, "learner_id": ${JSON.stringify(id)}, "score`,
  'in JSON within JSON': (id) => JSON.stringify({ log: JSON.stringify({ packageId: 'p', id }) }),
  'in a URL': (id) => `see https://lms.example/a/${encodeURIComponent(id)}?b=c#d for it`,
  'in the query of a URL': (id) => `https://lms.example/a?b=${encodeURIComponent(id)}&c=d`,
  'in a curl': (id) => `curl -X POST https://x.example -d ${JSON.stringify({ dispatchId: id })}`,
};

describe.each(Object.entries(PASTED))('an id that is pasted %s', (_how, pasted) => {
  it('is found, one of our own by its kind', () => {
    fc.assert(
      fc.property(kind, (own) => {
        const uuid = uuidV7();
        const text = pasted(toTypeId(own, uuid));
        expect(searchCandidates(text)).toMatchObject({ kinds: [own], own: { [own]: [uuid] } });
      }),
    );
  });

  it('is found, one of a runtime as it is, whatever it looks like', () => {
    fc.assert(
      fc.property(runtimeId, (id) => {
        // An id with a backslash or quotes is escaped twice in JSON within JSON.
        fc.pre(!(/["\\]/.test(id) && pasted === PASTED['in JSON within JSON']));
        // These end a URL, or are parts of one.
        fc.pre(!(/^\.{1,2}$/.test(id) && pasted === PASTED['in a URL']));
        fc.pre(!(/['()]/.test(id) && pasted(id).includes('https://lms')));
        expect(searchCandidates(pasted(id)).runtime).toContain(id);
      }),
    );
  });
});

describe('what may be looked for', () => {
  it('is of any text bounded, without repeats, and what Postgres can store', () => {
    fc.assert(
      fc.property(fc.string({ unit: codeUnit, maxLength: 200 }), (text) => {
        const { runtime } = searchCandidates(text);
        expect(runtime.length).toBeLessThanOrEqual(30);
        expect(new Set(runtime).size).toBe(runtime.length);
        for (const id of runtime) {
          expect(id.isWellFormed()).toBe(true);
          // eslint-disable-next-line no-control-regex
          expect(id).not.toMatch(/[\u0000-\u001f]/);
        }
      }),
    );
  });

  it('is the whole text first, then what is named as an id, then words', () => {
    const { runtime } = searchCandidates('learner said: "x9", sessionId=abc');
    expect(runtime.slice(0, 3)).toEqual(['learner said: "x9", sessionId=abc', 'abc', 'x9']);
    expect(runtime).toContain('said');
  });

  it('is not the end of a longer word', () => {
    const id = toTypeId('event' satisfies IdKind, uuidV7());
    expect(searchCandidates(`x${id} ${id}x`).kinds).toEqual([]);
  });

  it.each(['"', '\\"', 'sessionId:"', "sessionId:'", 'https://', '%', 'evt_'])(
    'takes little time of 64 KiB of %s',
    (part) => {
      const text = part.repeat(65_536 / part.length);
      const before = process.threadCpuUsage();
      searchCandidates(text);
      // Microseconds of this thread: other processes on the machine do not count.
      expect(process.threadCpuUsage(before).user).toBeLessThan(500_000);
    },
  );
});
