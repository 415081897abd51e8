import { LearningData } from '../data/learning.data.js';
import { defineEventType } from '../event-type.js';
import { AdminId } from '../fields/admin-id.js';
import { EnrollmentSource } from '../fields/enrollment-source.js';
import { Id } from '../fields/id.js';
import { Optional } from '../fields/optional.js';
import { calendarDates } from '../preparation/calendar-dates.js';

class EnrollmentCreatedData extends LearningData {
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
  @AdminId()
  adminId?: string;
}

export const enrollmentCreated = defineEventType({
  name: 'enrollment.created',
  description: 'A learner was enrolled in a course.',
  dataClass: EnrollmentCreatedData,
  steps: [calendarDates('certificate.expiryDate')],
  example: {
    enrollmentId: 'enr_mno345',
    userId: 'learner-42',
    courseId: 'COMP-2026',
    source: 'admin',
    adminId: 'admin-7',
    learner: { email: 'jsmith@acme.example', firstName: 'Jane', lastName: 'Smith' },
    course: { id: 'COMP-2026', title: 'Annual Compliance Training 2026', code: 'COMP-2026' },
  },
});
