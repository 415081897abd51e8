import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CmiCommit } from '../cmi-commit.js';
import { readCommit, type GivenWithCommit } from './read-commit.js';

function read(body: unknown, given?: GivenWithCommit): CmiCommit {
  const result = readCommit(body, given);
  if (!result.ok) throw new Error(result.message);
  return result.commit;
}

function core(values: object): CmiCommit {
  return read({ cmi: { core: values } });
}

const CORE = {
  lesson_status: 'completed',
  lesson_location: 'p3',
  score: { raw: '85', min: '0', max: '100' },
  session_time: '00:12:34.56',
  total_time: '00:20:00',
};
const SAID = {
  standard: '1.2',
  completionStatus: 'completed',
  successStatus: 'unknown',
  lessonStatus: 'completed',
  scoreRaw: 85,
  scoreMin: 0,
  scoreMax: 100,
  location: 'p3',
  mode: 'normal',
  credit: 'credit',
  sessionTime: 75_456,
  totalTime: 120_000,
  terminate: false,
};
const FLATTENED = {
  'cmi.core.lesson_status': 'completed',
  'cmi.core.lesson_location': 'p3',
  'cmi.core.score.raw': '85',
  'cmi.core.score.min': '0',
  'cmi.core.score.max': '100',
  'cmi.core.session_time': '00:12:34.56',
  'cmi.core.total_time': '00:20:00',
  'cmi.interactions': {},
};
const OTHER = { core: { lesson_status: 'failed' } };

describe('a commit', () => {
  it.each([
    ['nested', { cmi: { core: CORE } }],
    ['flattened', FLATTENED],
    ['wrapped', { runtimeData: { cmi: { core: CORE } } }],
    ['wrapped and flattened', { runtimeData: FLATTENED }],
    ['wrapped, with another beside it', { runtimeData: { cmi: { core: CORE } }, cmi: OTHER }],
    [
      'nested, with flattened keys beside it',
      { cmi: { core: CORE }, 'cmi.core.credit': 'no-credit' },
    ],
    ['rendered with other values', { cmi: { core: CORE }, completionStatus: 'unknown', score: {} }],
  ])('is read alike when it is %s', (_, body) => {
    expect(read(body)).toEqual(SAID);
  });

  it.each([
    null,
    'cmi',
    7,
    {},
    { cmi: null },
    { cmi: '{"core":{}}' },
    { cmi: [], commitSequence: 1 },
    { runtimeData: {} },
    { xcmi: {}, 'cmix.core': '' },
    JSON.parse('{"__proto__":{"cmi":{}}}'),
  ])('%j has no cmi, and the message says what to send', (body) => {
    expect(readCommit(body)).toEqual({ ok: false, message: expect.stringContaining('"cmi"') });
  });

  it.each([[['cmi.exit=']], { runtimeData: ['cmi.exit='] }])(
    '%j is of dataCommitFormat "params", and the message says what to set',
    (body) => {
      const message = expect.stringMatching(/dataCommitFormat.+"json"/);
      expect(readCommit(body)).toEqual({ ok: false, message });
    },
  );

  it.each([
    [{ cmi: {}, commitSequence: 3 }, {}, 3],
    [{ cmi: {}, commitSequence: 3 }, { sequence: 7 }, 7],
    [{ cmi: {}, commitSequence: 2.5 }, {}, undefined],
    [{ cmi: {}, commitSequence: '3' }, {}, undefined],
    [{ cmi: {}, commitSequence: -1 }, {}, undefined],
    [{ cmi: {} }, {}, undefined],
  ])('%j, given %j, has the sequence %s', (body, given, sequence) => {
    expect(read(body, given).sequence).toBe(sequence);
  });

  it.each([
    [{ cmi: {}, isTerminate: true }, {}, true],
    [{ cmi: {} }, { terminate: true }, true],
    [{ cmi: {}, isTerminate: true }, { terminate: false }, false],
    [{ cmi: {}, isTerminate: 'false' }, {}, false],
    [{ cmi: {} }, {}, false],
  ])('%j, given %j, is the last one: %s', (body, given, terminate) => {
    expect(read(body, given).terminate).toBe(terminate);
  });

  it.each([
    ['sco_1', 'sco_1'],
    ['', undefined],
    ['a\u0000b', undefined],
    ['x'.repeat(256), undefined],
    [7, undefined],
  ])('that renders the scoId %j is of %s', (scoId, known) => {
    expect(read({ cmi: {}, scoId }).scoId).toBe(known);
  });
});

describe('the lesson status of SCORM 1.2', () => {
  it.each([
    ['passed', 'completed', 'passed'],
    ['completed', 'completed', 'unknown'],
    ['failed', 'incomplete', 'failed'],
    ['incomplete', 'incomplete', 'unknown'],
    ['browsed', 'incomplete', 'unknown'],
    ['not attempted', 'not attempted', 'unknown'],
    ['', 'unknown', 'unknown'],
    ['PASSED', 'unknown', 'unknown'],
    ['constructor', 'unknown', 'unknown'],
    [['passed'], 'unknown', 'unknown'],
  ])('%j is %s and %s', (lesson_status, completionStatus, successStatus) => {
    expect(core({ lesson_status })).toMatchObject({ completionStatus, successStatus });
  });
});

describe('scores', () => {
  it.each([
    [{ raw: '', min: '', max: '100' }, {}],
    [
      { raw: '85', min: '', max: '100' },
      { scoreRaw: 85, scoreMax: 100 },
    ],
    [
      { raw: '0', min: '0', max: '100' },
      { scoreRaw: 0, scoreMin: 0, scoreMax: 100 },
    ],
    [{ raw: '850', min: '0', max: '100' }, { scoreRaw: 850 }],
    [{ raw: '-1', min: '0', max: '100' }, { scoreRaw: -1 }],
    [{ raw: '5', min: '100', max: '0' }, { scoreRaw: 5 }],
    [
      { raw: '85', min: 'none', max: '100' },
      { scoreRaw: 85, scoreMax: 100 },
    ],
    [{ raw: 'A+', min: '0', max: '100' }, {}],
    [{ raw: '85', scaled: '0.85' }, { scoreRaw: 85 }],
    [{ raw: { raw: '85' } }, {}],
    ['85', {}],
  ])('of SCORM 1.2 written as %j are %j', (score, scores) => {
    expect(scoresOf(core({ score }))).toEqual(scores);
  });

  it.each([
    [{ scaled: '0.85', raw: '', min: '', max: '' }, { scoreScaled: 0.85 }],
    [
      { scaled: '0.85', raw: '', min: '0', max: '10' },
      { scoreScaled: 0.85, scoreMin: 0, scoreMax: 10 },
    ],
    [{ scaled: '0.85', raw: '', min: '10', max: '0' }, { scoreScaled: 0.85 }],
    [{ scaled: '85', raw: '85', min: '', max: '' }, { scoreRaw: 85 }],
    [{ scaled: '-1', raw: '' }, { scoreScaled: -1 }],
    [{ scaled: '', raw: '', min: '0', max: '100' }, {}],
  ])('of SCORM 2004 written as %j are %j', (score, scores) => {
    expect(scoresOf(read({ cmi: { score } }))).toEqual(scores);
  });
});

function scoresOf(commit: CmiCommit): object {
  return Object.fromEntries(Object.entries(commit).filter(([name]) => name.startsWith('score')));
}

describe('values that are none of their kind', () => {
  it('are dropped, and the others count', () => {
    const cmi = {
      completion_status: 'completed',
      success_status: 'yes',
      progress_measure: '1.5',
      completion_threshold: '-1',
      scaled_passing_score: 'NaN',
      mode: 'sandbox',
      credit: null,
      location: { page: 3 },
      session_time: 'PT5',
      total_time: 'P101Y',
    };
    expect(read({ cmi })).toEqual({
      standard: '2004',
      completionStatus: 'completed',
      successStatus: 'unknown',
      mode: 'normal',
      credit: 'credit',
      terminate: false,
    });
  });

  it('do not come from the prototype', () => {
    const cmi = JSON.parse('{"core":{"__proto__":{"lesson_status":"passed"}}}');
    expect(read({ cmi }).completionStatus).toBe('unknown');
    expect(({} as Record<string, unknown>)['lesson_status']).toBeUndefined();
  });

  it('cut a bookmark to what players must keep, and to what a database takes', () => {
    const location = `\u0000${'x'.repeat(998)}😀y`;
    expect(read({ cmi: { location } }).location).toBe(`${'x'.repeat(998)}\ufffd`);
    expect(read({ cmi: { location: '\u0000' } }).location).toBeUndefined();
  });
});

const KEYS = fc.constantFrom(
  'cmi',
  'core',
  'runtimeData',
  'score',
  'raw',
  'lesson_status',
  'session_time',
  'cmi.core.score.raw',
  'commitSequence',
  'scoId',
  '__proto__',
  'constructor',
  '0',
);
const JSON_LIKE = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.jsonValue(),
    fc.constantFrom('85', 'passed', 'PT5M', '\ud800', -0),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(KEYS, tie('value'), { maxKeys: 6, noNullPrototype: true }),
  ),
})).value;

function many(key: (at: number) => string): string {
  return `{${Array.from({ length: 40_000 }, (_, at) => `"${key(at)}":"${at}"`).join()}}`;
}

describe('whatever is posted', () => {
  it('is let go once it was read: what waits to be stored is short, however long its texts were', () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const said = `{"cmi":{"core":{"lesson_location":"${'x'.repeat(1_000_000)}"}}}`;
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    const waiting = Array.from({ length: 30 }, () => readCommit(JSON.parse(said)));
    collectGarbage();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(5_000_000);
    expect(waiting).toHaveLength(30);
  });

  it('is read or refused, never an exception, and what is read comes back from JSON', () => {
    fc.assert(
      fc.property(JSON_LIKE, (body) => {
        const result = readCommit(JSON.parse(JSON.stringify(body)));
        expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['interactions', `{"cmi":{"core":{"lesson_status":"passed"},"interactions":${many(String)}}}`],
    ['flattened keys', many((at) => (at < 39_999 ? `cmi.interactions.${at}.id` : 'cmi.core.exit'))],
    ['keys that are none of SCORM', many((at) => `cm.${at}`)],
    ['nested objects', `{"cmi":${'{"core":'.repeat(5000)}{}${'}'.repeat(5000)}}`],
    ['digits', `{"cmi":{"core":{"score":{"raw":"${'1'.repeat(1_000_000)}"}}}}`],
    ['digits of a duration', `{"cmi":{"session_time":"PT${'1'.repeat(1_000_000)}"}}`],
  ])('however long, takes time in proportion, not more: %s', (_, text) => {
    const body = JSON.parse(text);
    // In milliseconds: squared, each of them would take minutes.
    const start = performance.now();
    readCommit(body);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
