import { describe, expect, it } from 'vitest';
import { knownAttempt, scoIdsOf } from '../index.js';
import { AttemptUnderTest, COMPLETED } from '../testing/attempt-under-test.js';

describe('an attempt that began elsewhere', () => {
  const known = {
    completionStatus: 'completed',
    successStatus: 'passed',
    scoreRaw: 85,
    scoreMax: 80,
    location: 'p3',
    totalTime: '00:05:00',
  };
  const said = {
    ...COMPLETED,
    success_status: 'passed',
    score: { raw: '85' },
    location: 'p3',
    session_time: 'PT1M',
  };

  it('emits nothing again of what its runtime knows', () => {
    const attempt = new AttemptUnderTest(knownAttempt(known, {}));
    attempt.launch();
    expect(attempt.types(said)).toBe('');
    expect(attempt.told({ ...said, location: 'p4' })).toMatchObject([
      ['progress', { totalTime: 'PT6M' }],
    ]);
  });

  it('completes later if it is not completed yet', () => {
    const attempt = new AttemptUnderTest(
      knownAttempt({ ...known, completionStatus: 'incomplete' }, {}),
    );
    attempt.launch();
    expect(attempt.types(said)).toBe('progress,completed');
  });

  it('of one SCO completes with the others', () => {
    const scos = ['a', 'b'];
    const attempt = new AttemptUnderTest(knownAttempt(known, { scoId: 'a', scos }));
    attempt.launch(...scos);
    expect(attempt.types(said, { scoId: 'b', scos })).toBe('progress,scored,completed');
  });

  it.each([{ scoId: 'a', scos: ['a'] }, { scos: ['a'] }, { scoId: 'a' }])(
    'with a package of the launch %j, all of whose SCOs it knows, completes no more',
    (launch) => {
      const attempt = new AttemptUnderTest(knownAttempt(known, launch));
      attempt.launch(...scoIdsOf(launch));
      const place = { scoId: 'a', scos: launch.scos };
      expect(attempt.types({ ...said, location: 'p4' }, place)).toBe('progress');
    },
  );

  it('takes nothing over that is no value of its kind', () => {
    const odd = { completionStatus: 'done', progressMeasure: 7, totalTime: 'long' };
    const { scos, completed } = knownAttempt(odd, {});
    expect(scos['']).toMatchObject({ completionStatus: 'unknown', totalTime: 0, done: false });
    expect(scos['']).not.toHaveProperty('progressMeasure');
    expect(completed).toEqual([]);
  });
});
