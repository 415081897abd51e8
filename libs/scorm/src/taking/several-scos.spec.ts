import { describe, expect, it } from 'vitest';
import type { CommitPlace } from '../index.js';
import { AttemptUnderTest, COMPLETED, INCOMPLETE, SCORED } from '../testing/attempt-under-test.js';

describe('a package of several SCOs', () => {
  const scos = ['a', 'b'];
  const of = (scoId: string): Partial<CommitPlace> => ({ scoId, scos });

  function launchedAll(): AttemptUnderTest {
    const attempt = new AttemptUnderTest();
    attempt.launch(...scos);
    return attempt;
  }

  it('is completed when all of them are', () => {
    const attempt = launchedAll();
    const first = { ...COMPLETED, session_time: 'PT5M' };
    expect(attempt.told(first, of('a'))).toMatchObject([['progress', { scoId: 'a' }]]);
    const second = { ...COMPLETED, success_status: 'passed', session_time: 'PT7M' };
    expect(attempt.told(second, of('b'))).toEqual([
      [
        'progress',
        {
          scoId: 'b',
          completionStatus: 'completed',
          successStatus: 'passed',
          totalTime: 'PT7M',
        },
      ],
      ['completed', { completionStatus: 'completed', successStatus: 'passed', totalTime: 'PT12M' }],
    ]);
    expect(attempt.types({ ...first, location: 'p2' }, of('a'))).toBe('progress');
  });

  it.each([
    ['passed', 'passed', 'passed'],
    ['passed', 'unknown', 'passed'],
    ['passed', 'failed', 'failed'],
    ['unknown', 'failed', 'failed'],
    ['unknown', 'unknown', 'unknown'],
  ])('of which one is %s and the other %s is %s', (one, other, successStatus) => {
    const attempt = launchedAll();
    attempt.told({ ...COMPLETED, success_status: one }, of('a'));
    const events = attempt.told({ ...COMPLETED, success_status: other }, of('b'));
    expect(events.at(-1)).toMatchObject(['completed', { successStatus }]);
  });

  it.each([
    [{}, { raw: '85' }, { scoreRaw: 85 }],
    [{ raw: '70' }, {}, { scoreRaw: 70 }],
    [{ raw: '70' }, { raw: '85' }, {}],
  ])('of which one has %j and the other %j has the score %j', (one, other, score) => {
    const attempt = launchedAll();
    attempt.told({ ...COMPLETED, score: one }, of('a'));
    const events = attempt.told({ ...COMPLETED, score: other }, of('b'));
    const data = { completionStatus: 'completed', successStatus: 'unknown', ...score };
    expect(events.at(-1)).toEqual(['completed', data]);
  });

  it('is completed even if one says later that there is more to do: done stays done', () => {
    const attempt = launchedAll();
    attempt.told(COMPLETED, of('a'));
    attempt.told(INCOMPLETE, of('a'));
    expect(attempt.types(COMPLETED, of('b'))).toBe('progress,completed');
  });

  it('is completed by a commit that comes too late, with what that says of its SCO', () => {
    const attempt = launchedAll();
    attempt.launch('a', 'b');
    attempt.told(COMPLETED, of('a'));
    attempt.told(INCOMPLETE, of('b'));
    const late = { ...COMPLETED, success_status: 'passed' };
    expect(attempt.told(late, { ...of('b'), launch: 1 })).toEqual([
      ['completed', { completionStatus: 'completed', successStatus: 'passed' }],
    ]);
  });

  it('may have one that is named twice', () => {
    const attempt = launchedAll();
    const said = { ...COMPLETED, score: { raw: '85' }, session_time: 'PT5M' };
    expect(attempt.told(said, { scoId: 'a', scos: ['a', 'a'] }).at(-1)).toMatchObject([
      'completed',
      { scoreRaw: 85, totalTime: 'PT5M' },
    ]);
  });

  it('has a launch order for each of them', () => {
    const attempt = new AttemptUnderTest();
    attempt.launch('a');
    attempt.launch('b');
    expect(attempt.types(SCORED, { scoId: 'a', launch: 1 })).toBe('progress,scored');
  });

  it('completes each alone where the launch does not name them all', () => {
    const attempt = new AttemptUnderTest();
    attempt.launch('a');
    attempt.launch('b');
    const data = { completionStatus: 'completed', successStatus: 'unknown' };
    for (const [at, scoId] of scos.entries()) {
      const events = attempt.told(COMPLETED, { scoId, launch: at + 1 });
      expect(events.at(-1)).toEqual(['completed', { scoId, ...data }]);
    }
  });

  it.each(['__proto__', 'constructor', 'toString', '0'])('may have one named %s', (scoId) => {
    const attempt = new AttemptUnderTest();
    attempt.launch(scoId);
    attempt.state = JSON.parse(JSON.stringify(attempt.state));
    expect(attempt.types({ ...SCORED, sequence: 1 }, { scoId })).toBe('progress,scored');
    attempt.state = JSON.parse(JSON.stringify(attempt.state));
    expect(attempt.types({ ...SCORED, sequence: 1 }, { scoId })).toBe('');
    expect(attempt.types({ ...COMPLETED, sequence: 2 }, { scoId })).toBe('progress,completed');
  });
});
