import { defineEventType } from '../event-type.js';
import { Id } from '../fields/id.js';

export class CompetencyAwardedData {
  @Id('The competency.')
  competencyId!: string;

  @Id('The learner.')
  userId!: string;
}

export const competencyAwarded = defineEventType({
  name: 'competency.awarded',
  description: 'A learner was awarded a competency.',
  dataClass: CompetencyAwardedData,
  example: { competencyId: 'comp_stu901', userId: 'learner-42' },
});
