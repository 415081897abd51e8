import { describe, expect, it } from 'vitest';
import { INCOMPLETE, launched, SCORED } from '../testing/attempt-under-test.js';

describe('progress', () => {
  it.each([
    ['completion', { completion_status: 'completed' }],
    ['success', { success_status: 'failed' }],
    ['progress measure', { progress_measure: '0.6' }],
    ['scaled score', { score: { scaled: '0.6', raw: '50' } }],
    ['raw score', { score: { scaled: '0.5', raw: '60' } }],
    ['lowest score', { score: { scaled: '0.5', raw: '50', min: '0' } }],
    ['highest score', { score: { scaled: '0.5', raw: '50', max: '100' } }],
    ['score that is gone', { score: {} }],
    ['location', { location: 'p4' }],
    ['location that is gone', { location: '' }],
  ])('follows when this differs: %s', (_, change) => {
    const first = {
      completion_status: 'incomplete',
      progress_measure: '0.5',
      score: { scaled: '0.5', raw: '50' },
      location: 'p3',
    };
    const attempt = launched();
    expect(attempt.types(first)).toContain('progress');
    expect(attempt.types(first)).toBe('');
    expect(attempt.types({ ...first, ...change })).toContain('progress');
  });

  it('does not follow when only the time differs', () => {
    const attempt = launched();
    attempt.told({ ...INCOMPLETE, session_time: 'PT1M' });
    expect(attempt.types({ ...INCOMPLETE, session_time: 'PT2M' })).toBe('');
    expect(attempt.told({ ...INCOMPLETE, location: 'p2' })).toMatchObject([
      ['progress', { totalTime: 'PT2M' }],
    ]);
  });

  it('does not follow when "unknown" becomes "not attempted", or the other way round', () => {
    const attempt = launched();
    expect(attempt.types({ completion_status: 'not attempted' })).toBe('');
    expect(attempt.types({ completion_status: 'unknown' })).toBe('');
  });
});

describe('a score', () => {
  it('follows once, and again when it or the success differs', () => {
    const attempt = launched();
    expect(attempt.types(SCORED)).toBe('progress,scored');
    expect(attempt.types({ ...SCORED, location: 'p2' })).toBe('progress');
    expect(attempt.types({ ...SCORED, success_status: 'failed' })).toBe('progress,scored');
    expect(attempt.types({ ...INCOMPLETE, success_status: 'failed' })).toBe('progress');
    expect(attempt.types({ ...SCORED, success_status: 'failed' })).toBe('progress,scored');
  });
});
