import { describe, expect, it } from 'vitest';
import { eventNameOf } from './event-names.js';
import { keysOf } from './keys.js';

describe('an Absorb-style event', () => {
  it.each([
    ['session.completed', { source: 'admin' }, 'Enrollment Completed by Learner'],
    ['user.created', {}, 'User Created'],
    ['enrollment.created', { source: 'self' }, 'User Enrolled in Course by Learner'],
    ['enrollment.created', { source: 'admin' }, 'User Enrolled in Course by Admin'],
    ['enrollment.created', {}, 'User Enrolled in Course by Learner'],
    ['enrollment.created', { adminId: '7' }, 'User Enrolled in Course by Admin'],
    ['enrollment.completed', { source: 'admin' }, 'Enrollment Completed by Admin'],
    ['enrollment.completed', { source: 'self', adminId: '7' }, 'Enrollment Completed by Learner'],
    ['certificate.awarded', { adminId: '7' }, 'Certificate Awarded'],
    ['competency.awarded', {}, 'Competency Awarded'],
  ])('of type %s with %j is named as in the Absorb document: %s', (type, data, name) => {
    expect(eventNameOf(type, data)).toBe(name);
  });

  it('has the ids of its data as keys, whole numbers as numbers', () => {
    const data = { enrollmentId: '88231', courseId: 'COMP-2026', userId: '10291' };
    expect(keysOf(data)).toEqual({ enrollmentId: 88231, courseId: 'COMP-2026' });
  });

  it('has no keys of what is no id', () => {
    const data = JSON.parse('{"courseId":null,"packageId":7,"sessionId":{},"scoId":""}');
    expect(keysOf(data)).toEqual({});
  });
});
