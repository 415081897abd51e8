import { LearningData } from '../data/learning.data.js';
import { defineEventType } from '../event-type.js';
import { AdminId } from '../fields/admin-id.js';
import { Id } from '../fields/id.js';
import { Optional } from '../fields/optional.js';
import { DateOrTimestamp } from '../fields/timestamp.js';
import { calendarDates } from '../preparation/calendar-dates.js';

class CertificateAwardedData extends LearningData {
  @Id('The certificate.')
  certificateId!: string;

  @Id('The learner.')
  userId!: string;

  @Id('The course that it was awarded for.')
  courseId!: string;

  @Optional()
  @DateOrTimestamp('When the certificate ends.')
  expiryDate?: string;

  @Optional()
  @AdminId()
  adminId?: string;
}

export const certificateAwarded = defineEventType({
  name: 'certificate.awarded',
  description: 'A learner was awarded a certificate.',
  dataClass: CertificateAwardedData,
  steps: [calendarDates('expiryDate', 'certificate.expiryDate')],
  example: {
    certificateId: 'cert_pqr678',
    userId: 'learner-42',
    courseId: 'COMP-2026',
    expiryDate: '2027-04-10T00:00:00.000Z',
    learner: { email: 'jsmith@acme.example', firstName: 'Jane', lastName: 'Smith' },
    course: { id: 'COMP-2026', title: 'Annual Compliance Training 2026', code: 'COMP-2026' },
  },
});
