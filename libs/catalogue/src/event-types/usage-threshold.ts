import { defineEventType } from '../event-type.js';
import { Whole } from '../fields/number.js';
import { OneOf } from '../fields/one-of.js';
import { Text } from '../fields/text.js';

/** Percent of the plan limit at which a tenant is told. */
export const USAGE_THRESHOLDS = [80, 100] as const;

class UsageThresholdData {
  @Text({
    description: 'The month, in UTC.',
    minLength: 7,
    maxLength: 7,
    pattern: '^\\d{4}-(?:0[1-9]|1[0-2])$',
    message: 'period must be a month such as 2026-11',
  })
  period!: string;

  @Whole('Launches of the month so far.')
  launches!: number;

  @Whole('Launches that the plan includes.', 1)
  limit!: number;

  @OneOf('The threshold that was reached, in percent of the limit.', USAGE_THRESHOLDS)
  percent!: number;
}

export const usageThreshold = defineEventType({
  name: 'usage.threshold',
  description: 'The launches of the month reached 80 % or 100 % of the plan limit.',
  emittedBy: 'schoolbell',
  dataClass: UsageThresholdData,
  example: { period: '2026-11', launches: 8000, limit: 10_000, percent: 80 },
});
