import { defineEventType } from '../event-type.js';
import { Id } from '../fields/id.js';
import { Optional } from '../fields/optional.js';
import { DateOrTimestamp } from '../fields/timestamp.js';
import { calendarDates } from '../preparation/calendar-dates.js';

export class CertificateAwardedData {
  @Id('The certificate.')
  certificateId!: string;

  @Id('The learner.')
  userId!: string;

  @Id('The course that it was awarded for.')
  courseId!: string;

  @Optional()
  @DateOrTimestamp('When the certificate ends.')
  expiryDate?: string;
}

export const certificateAwarded = defineEventType({
  name: 'certificate.awarded',
  description: 'A learner was awarded a certificate.',
  dataClass: CertificateAwardedData,
  steps: [calendarDates('expiryDate')],
  example: {
    certificateId: 'cert_pqr678',
    userId: 'learner-42',
    courseId: 'COMP-2026',
    expiryDate: '2027-04-10T00:00:00.000Z',
  },
});
