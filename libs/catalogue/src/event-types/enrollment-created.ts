import { defineEventType } from '../event-type.js';
import { EnrollmentSource } from '../fields/enrollment-source.js';
import { Id } from '../fields/id.js';
import { Optional } from '../fields/optional.js';

export class EnrollmentCreatedData {
  @Id('The enrollment.')
  enrollmentId!: string;

  @Id('The learner.')
  userId!: string;

  @Id('The course.')
  courseId!: string;

  @Optional()
  @EnrollmentSource()
  source?: string;
}

export const enrollmentCreated = defineEventType({
  name: 'enrollment.created',
  description: 'A learner was enrolled in a course.',
  dataClass: EnrollmentCreatedData,
  example: {
    enrollmentId: 'enr_mno345',
    userId: 'learner-42',
    courseId: 'COMP-2026',
    source: 'admin',
  },
});
