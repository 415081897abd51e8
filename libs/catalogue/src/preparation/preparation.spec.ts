import { describe, expect, it } from 'vitest';
import type { EventData } from '../event-data.js';
import { eventTypeNamed } from '../event-types.js';
import { subjectOf } from './subject-of.js';

const SESSION = { sessionId: 'sess_abc123', packageId: 'pkg_def456', learnerId: 'learner-42' };

function prepare(type: string, data: EventData) {
  return eventTypeNamed(type)!.prepare(data);
}

function completed(data: EventData) {
  const prepared = prepare('session.completed', { ...SESSION, ...data });
  return prepared.ok ? prepared.data : prepared.errors;
}

describe('the sample of the AllureConnect page', () => {
  const data = {
    ...SESSION,
    dispatchId: 'dsp_ghi789',
    completionStatus: 'completed',
    successStatus: 'passed',
    scoreRaw: 92,
    scoreMax: 100,
    totalTime: 'PT12M34S',
  };

  it('passes as it is, with its ids lifted out', () => {
    const { ok, data: prepared, subject } = prepare('session.completed', data) as never;
    expect(ok).toBe(true);
    expect(prepared).toBe(data);
    expect(subject).toEqual({ ...SESSION, dispatchId: 'dsp_ghi789' });
  });
});

describe('a SCORM 1.2 lesson status', () => {
  it.each([
    ['passed', 'completed', 'passed'],
    ['completed', 'completed', 'unknown'],
    ['failed', 'incomplete', 'failed'],
    ['incomplete', 'incomplete', 'unknown'],
    ['browsed', 'incomplete', 'unknown'],
    ['not attempted', 'not attempted', 'unknown'],
  ])('%s is delivered as %s and %s', (lessonStatus, completionStatus, successStatus) => {
    expect(completed({ lessonStatus })).toEqual({ ...SESSION, completionStatus, successStatus });
  });

  it('gives way to a SCORM 2004 status beside it', () => {
    const data = { lessonStatus: 'passed', completionStatus: 'incomplete' };
    expect(completed(data)).toEqual({
      ...SESSION,
      completionStatus: 'incomplete',
      successStatus: 'passed',
    });
  });
});

describe('a duration', () => {
  it.each([
    ['0000:12:34.00', 'PT12M34S'],
    ['0000:12:34.50', 'PT12M34.5S'],
    ['00:00:00', 'PT0S'],
    ['0125:00:00', 'PT125H'],
    ['00:75:90.25', 'PT1H16M30.25S'],
    ['9999:59:59.99', 'PT9999H59M59.99S'],
    ['PT754S', 'PT754S'],
    ['P1DT2H', 'P1DT2H'],
  ])('%s is delivered as %s', (given, delivered) => {
    expect(completed({ completionStatus: 'completed', totalTime: given })).toMatchObject({
      totalTime: delivered,
    });
    expect(completed({ completionStatus: 'completed', sessionTime: given })).toMatchObject({
      sessionTime: delivered,
    });
  });
});

describe('scores', () => {
  it.each([
    { scoreRaw: 92, scoreMax: 100 },
    { scoreRaw: -5, scoreMin: -10 },
    { scoreMin: 5, scoreRaw: 5, scoreMax: 5 },
  ])('%j are in order', (scores) => {
    expect(completed({ completionStatus: 'completed', ...scores })).toMatchObject(scores);
  });

  it.each([
    [{ scoreRaw: 101, scoreMax: 100 }, 'scoreRaw'],
    [{ scoreRaw: -1, scoreMin: 0 }, 'scoreRaw'],
    [{ scoreMin: 10, scoreMax: 0 }, 'scoreMin'],
  ])('%j are refused, and the field at fault is named', (scores, path) => {
    expect(completed({ completionStatus: 'completed', ...scores })).toEqual([
      { path, message: expect.any(String) },
    ]);
  });
});

describe('a date', () => {
  it.each([
    ['session.completed', { ...SESSION, certificate: { expiryDate: '2027-02-29' } }],
    ['enrollment.completed', { completedAt: '2026-04-31T00:00:00Z' }],
    ['certificate.awarded', { expiryDate: '2026-02-30' }],
    ['competency.awarded', { certificate: { expiryDate: '2026-02-30' } }],
  ])('that no calendar has is refused in %s', (type, data) => {
    expect(prepare(type, data).ok).toBe(false);
  });

  it('may be without a time where a day is meant', () => {
    expect(prepare('certificate.awarded', { expiryDate: '2028-02-29' }).ok).toBe(true);
  });
});

describe('the ids of an event', () => {
  it('count the user as the learner', () => {
    expect(prepare('user.created', { userId: 'u-1' })).toMatchObject({
      subject: { learnerId: 'u-1' },
    });
  });

  it('are those of learners who are numbered, or whose first name for it is no id', () => {
    expect(subjectOf({ learnerId: 42, userId: 'u-1' })).toEqual({ learnerId: '42' });
    expect(subjectOf({ learnerId: { id: 'u-2' }, userId: 0 })).toEqual({ learnerId: '0' });
    expect(subjectOf({ learnerId: 4.2, userId: 2 ** 53, packageId: 7 })).toEqual({});
  });

  it('leave out what is no id', () => {
    const data = {
      userId: 'u-1',
      packageId: 7,
      sessionId: 'a\u001eb',
      dispatchId: 'x'.repeat(256),
    };
    expect(prepare('user.created', data)).toMatchObject({
      ok: true,
      subject: { learnerId: 'u-1' },
    });
    expect(Object.keys((prepare('user.created', data) as never)['subject'])).toEqual(['learnerId']);
  });
});
