import { LearningData } from '../data/learning.data.js';
import { defineEventType } from '../event-type.js';
import { AdminId } from '../fields/admin-id.js';
import { Id } from '../fields/id.js';
import { Optional } from '../fields/optional.js';
import { calendarDates } from '../preparation/calendar-dates.js';

class CompetencyAwardedData extends LearningData {
  @Id('The competency.')
  competencyId!: string;

  @Id('The learner.')
  userId!: string;

  @Optional()
  @AdminId()
  adminId?: string;
}

export const competencyAwarded = defineEventType({
  name: 'competency.awarded',
  description: 'A learner was awarded a competency.',
  dataClass: CompetencyAwardedData,
  steps: [calendarDates('certificate.expiryDate')],
  example: {
    competencyId: 'comp_stu901',
    userId: 'learner-42',
    adminId: 'admin-7',
    learner: { email: 'jsmith@acme.example', firstName: 'Jane', lastName: 'Smith' },
  },
});
