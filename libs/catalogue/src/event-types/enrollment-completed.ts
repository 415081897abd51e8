import { ScoreData } from '../data/score.data.js';
import { defineEventType } from '../event-type.js';
import { AdminId } from '../fields/admin-id.js';
import { EnrollmentSource } from '../fields/enrollment-source.js';
import { Id } from '../fields/id.js';
import { Optional } from '../fields/optional.js';
import { Timestamp } from '../fields/timestamp.js';
import { calendarDates } from '../preparation/calendar-dates.js';
import { scoresInOrder } from '../preparation/scores-in-order.js';

class EnrollmentCompletedData extends ScoreData {
  @Id('The enrollment.')
  enrollmentId!: string;

  @Id('The learner.')
  userId!: string;

  @Id('The course.')
  courseId!: string;

  @Optional()
  @EnrollmentSource()
  source?: string;

  @Optional()
  @Timestamp('When the learner completed the course.')
  completedAt?: string;

  @Optional()
  @AdminId()
  adminId?: string;
}

export const enrollmentCompleted = defineEventType({
  name: 'enrollment.completed',
  description: 'A learner completed a course that they were enrolled in.',
  dataClass: EnrollmentCompletedData,
  steps: [scoresInOrder, calendarDates('completedAt', 'certificate.expiryDate')],
  example: {
    enrollmentId: 'enr_mno345',
    userId: 'learner-42',
    courseId: 'COMP-2026',
    source: 'self',
    completedAt: '2026-04-10T14:32:00.000Z',
    scoreScaled: 0.92,
    scoreRaw: 92,
    scoreMin: 0,
    scoreMax: 100,
    successStatus: 'passed',
    learner: { email: 'jsmith@acme.example', firstName: 'Jane', lastName: 'Smith' },
    course: { id: 'COMP-2026', title: 'Annual Compliance Training 2026', code: 'COMP-2026' },
    certificate: { issued: true, expiryDate: '2027-04-10T00:00:00.000Z' },
  },
});
