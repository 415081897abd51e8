import { describe, expect, it } from 'vitest';
import { completionTime, enrollmentOf } from './enrollment.js';

describe('the enrollment that an event is about', () => {
  const session = { registrationId: 'r', learnerId: 'l', packageId: 'p' };

  it('is the registration of a session for its course', () => {
    const data = { ...session, course: { id: 'c' }, userId: 'somebody else' };
    const expected = { enrollmentId: 'r', userId: 'l', courseId: 'c' };
    expect(enrollmentOf({ type: 'session.completed', data })).toEqual(expected);
  });

  it('is one for the package where no course is named', () => {
    expect(enrollmentOf({ type: 'session.completed', data: session }).courseId).toBe('p');
  });

  it('is the enrollment itself otherwise', () => {
    const data = { enrollmentId: 'e', userId: 'u', courseId: 'c' };
    expect(enrollmentOf({ type: 'enrollment.created', data })).toEqual(data);
  });
});

describe('the time of completion', () => {
  const occurredAt = new Date('2026-04-10T14:32:00Z');
  const completedAt = '2026-04-10T16:00:00+02:00';
  const event = (type: string, data: object) =>
    ({ type, data, occurredAt }) as Parameters<typeof completionTime>[0];

  it('is the one that an enrollment reports', () => {
    const reported = completionTime(event('enrollment.completed', { completedAt }));
    expect(reported.toISOString()).toBe('2026-04-10T14:00:00.000Z');
  });

  it('is that of the event otherwise', () => {
    expect(completionTime(event('enrollment.completed', {}))).toBe(occurredAt);
    expect(completionTime(event('session.completed', { completedAt }))).toBe(occurredAt);
  });
});
