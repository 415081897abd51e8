import { describe, expect, it } from 'vitest';
import { COMPLETED, core, launched, SCORED } from '../testing/attempt-under-test.js';

describe('a launch that does not count', () => {
  it.each([
    [{ mode: 'browse' }, { mode: 'browse', credit: 'credit' }],
    [{ mode: 'review' }, { mode: 'review', credit: 'credit' }],
    [{ credit: 'no-credit' }, { mode: 'normal', credit: 'no-credit' }],
  ])('%j shows its progress, and neither a score nor a completion', (kind, shown) => {
    const passed = { ...COMPLETED, success_status: 'passed', score: { raw: '85' }, ...kind };
    const attempt = launched();
    expect(attempt.told(passed)).toEqual([
      [
        'progress',
        { ...shown, completionStatus: 'completed', successStatus: 'passed', scoreRaw: 85 },
      ],
    ]);
    expect(attempt.types(passed)).toBe('');
    expect(attempt.types(passed, { isOldAttempt: true })).toBe('');
  });

  it('is SCORM 1.2 too', () => {
    const browsed = core('passed', { lesson_mode: 'browse', credit: 'no-credit' });
    expect(launched().types(browsed)).toBe('progress');
  });

  it('leaves alone what the learner has, and what they do afterwards counts', () => {
    const attempt = launched();
    attempt.told(SCORED);
    attempt.launch();
    expect(attempt.types({ ...SCORED, score: { raw: '10' }, mode: 'review' })).toBe('progress');
    expect(attempt.state.scos['']).toMatchObject({ scoreRaw: 85, uncredited: { scoreRaw: 10 } });
    attempt.launch();
    expect(attempt.types({ ...SCORED, score: { raw: '10' } })).toBe('scored');
    expect(attempt.state.scos['']).toMatchObject({ scoreRaw: 10 });
    expect(attempt.state.scos['']).not.toHaveProperty('uncredited');
  });
});
