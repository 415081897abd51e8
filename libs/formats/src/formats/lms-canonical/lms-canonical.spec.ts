import { describe, expect, it } from 'vitest';
import type { KnownData } from '../../contract/known-data.js';
import { courseCompletion } from './course-completion.js';

function completionOf(type: string, data: KnownData): object {
  const occurredAt = new Date('2026-04-10T14:32:00Z');
  const payload = JSON.stringify(data);
  return courseCompletion({ id: '', uuid: '', deliveryId: '', type, occurredAt, payload, data });
}

describe('a course completion of the canonical pattern', () => {
  it('comes from an enrollment as from a session', () => {
    const data = {
      enrollmentId: 'e',
      userId: '10291',
      courseId: '5541',
      completedAt: '2026-04-10T16:30:00+02:00',
      scoreRaw: 183,
      scoreMax: 200,
      successStatus: 'failed',
      learner: { email: 'jsmith@acme.example' },
      course: { title: 'Safety' },
    };
    expect(completionOf('enrollment.completed', data)).toEqual({
      user: { id: 10291, email: 'jsmith@acme.example' },
      course: {
        id: 5541,
        title: 'Safety',
        completion_date: '2026-04-10T14:30:00.000Z',
        score: 91.5,
        passed: false,
      },
    });
  });

  it('says neither a score nor a verdict that nobody reported', () => {
    const data = { learnerId: 'learner-42', packageId: 'pkg_1', successStatus: 'unknown' };
    expect(completionOf('session.completed', data)).toEqual({
      user: { id: 'learner-42' },
      course: { id: 'pkg_1', completion_date: '2026-04-10T14:32:00.000Z' },
    });
  });
});
