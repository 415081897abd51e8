import { describe, expect, it } from 'vitest';
import { COMPLETED, core, launched } from '../testing/attempt-under-test.js';

describe('thresholds', () => {
  const mastery = { student_data: { mastery_score: '80' } };

  it.each([
    ['completed', '80', 'completed', 'passed'],
    ['completed', '79.9', 'incomplete', 'failed'],
    ['completed', '', 'completed', 'unknown'],
    ['incomplete', '85', 'incomplete', 'unknown'],
    ['passed', '10', 'completed', 'passed'],
    ['failed', '85', 'incomplete', 'failed'],
  ])(
    'of SCORM 1.2: %s with %j of 80 is %s and %s',
    (status, raw, completionStatus, successStatus) => {
      const [, data] = launched().told({ ...core(status, { score: { raw } }), ...mastery })[0]!;
      expect(data).toMatchObject({ completionStatus, successStatus });
    },
  );

  it('are left to the SCO where the tenant says so', () => {
    const attempt = launched({ applyThresholds: false });
    const said = { ...core('completed', { score: { raw: '10' } }), ...mastery };
    expect(attempt.told(said)[0]![1]).toMatchObject({ completionStatus: 'completed' });
    const attempt2004 = launched({ applyThresholds: false });
    const said2004 = {
      completion_status: 'incomplete',
      completion_threshold: '0.5',
      progress_measure: '0.9',
      success_status: 'passed',
      scaled_passing_score: '0.8',
      score: { scaled: '0.1' },
    };
    expect(attempt2004.told(said2004)[0]![1]).toMatchObject({
      completionStatus: 'incomplete',
      successStatus: 'passed',
    });
  });

  it('do not decide in a launch that does not count', () => {
    const said = { completion_threshold: '0.5', progress_measure: '0.9', mode: 'browse' };
    expect(launched().told(said)[0]![1]).toMatchObject({ completionStatus: 'unknown' });
  });

  it('that are no numbers decide nothing', () => {
    const said = { ...COMPLETED, completion_threshold: 'high', progress_measure: '0' };
    expect(launched().types(said)).toBe('progress,completed');
  });
});

describe('SCORM 1.2 "failed"', () => {
  it('is incomplete, or completed where the tenant says so', () => {
    expect(launched().types(core('failed'))).toBe('progress');
    const attempt = launched({ completionOnFailed: true });
    expect(attempt.told(core('failed'))[1]).toEqual([
      'completed',
      { completionStatus: 'completed', successStatus: 'failed' },
    ]);
  });

  it('is completed by the mastery score too, where the tenant says so', () => {
    const said = {
      ...core('completed', { score: { raw: '10' } }),
      student_data: { mastery_score: '80' },
    };
    expect(launched({ completionOnFailed: true }).told(said)[0]![1]).toMatchObject({
      completionStatus: 'completed',
      successStatus: 'failed',
    });
  });
});
