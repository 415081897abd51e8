import { describe, expect, it } from 'vitest';
import { COMPLETED, INCOMPLETE, launched, SCORED } from '../testing/attempt-under-test.js';

describe('completion', () => {
  it.each([
    ['completed', 'unknown', true],
    ['completed', 'failed', true],
    ['completed', 'passed', true],
    ['unknown', 'passed', true],
    ['not attempted', 'passed', true],
    ['incomplete', 'passed', false],
    ['incomplete', 'unknown', false],
    ['unknown', 'failed', false],
    ['unknown', 'unknown', false],
  ])('of a SCO that says %s and %s follows: %s', (completion_status, success_status, follows) => {
    const types = launched().types({ completion_status, success_status });
    expect(types.includes('completed')).toBe(follows);
  });

  it('follows once in the attempt, and is never taken back', () => {
    const attempt = launched();
    expect(attempt.types(COMPLETED)).toBe('progress,completed');
    expect(attempt.types(INCOMPLETE)).toBe('progress');
    expect(attempt.types(COMPLETED)).toBe('progress');
    attempt.launch();
    expect(attempt.types({ ...COMPLETED, success_status: 'passed' })).toBe('progress');
    expect(attempt.state.scos['']!.done).toBe(true);
  });
});

describe('a commit that comes too late', () => {
  it('of an older launch changes nothing', () => {
    const attempt = launched();
    attempt.launch();
    const { state } = attempt;
    expect(attempt.types(SCORED, { launch: 1 })).toBe('');
    expect(attempt.state).toBe(state);
    expect(attempt.types(SCORED, { launch: 2 })).toBe('progress,scored');
  });

  it('with a sequence that was counted, or an earlier one, changes nothing', () => {
    const attempt = launched();
    attempt.told({ ...INCOMPLETE, sequence: 3 });
    const { state } = attempt;
    expect(attempt.types({ ...SCORED, sequence: 3 })).toBe('');
    expect(attempt.types({ ...SCORED, sequence: 2 })).toBe('');
    expect(attempt.state).toBe(state);
    expect(attempt.types({ ...SCORED, sequence: 4 })).toBe('progress,scored');
  });

  it('of an older attempt changes nothing', () => {
    const attempt = launched();
    const { state } = attempt;
    expect(attempt.types(SCORED, { isOldAttempt: true })).toBe('');
    expect(attempt.state).toBe(state);
  });

  it.each([
    ['an older launch', { launch: 1 }, {}],
    ['an earlier sequence', {}, { sequence: 1 }],
    ['an older attempt', { isOldAttempt: true }, {}],
  ])('still proves a completion, once: %s', (_, place, given) => {
    const attempt = launched();
    attempt.launch();
    attempt.told({ ...SCORED, sequence: 2 });
    const before = attempt.state.scos['']!;
    const late = { ...COMPLETED, score: { raw: '90' }, ...given };
    expect(attempt.told(late, place)).toEqual([
      ['completed', { completionStatus: 'completed', successStatus: 'unknown', scoreRaw: 90 }],
    ]);
    expect(attempt.state.scos['']).toEqual({ ...before, done: true });
    expect(attempt.types(late, place)).toBe('');
  });

  it('is none without sequences: commits count in the order in which they arrive', () => {
    const attempt = launched();
    expect(attempt.types(SCORED)).toBe('progress,scored');
    expect(attempt.types(INCOMPLETE)).toBe('progress');
    expect(attempt.types(SCORED)).toBe('progress,scored');
  });

  it('is none in a new launch, whose sequences begin anew', () => {
    const attempt = launched();
    attempt.told({ ...INCOMPLETE, sequence: 9 });
    attempt.launch();
    expect(attempt.types(INCOMPLETE)).toBe('');
    expect(attempt.types({ ...SCORED, sequence: 1 })).toBe('progress,scored');
  });
});
