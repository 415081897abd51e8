/**
 * The month that a moment counts for, as a date: its first day in UTC.
 *
 * @param moment a `timestamptz`
 */
export function usageMonthOf(moment: string): string {
  return `date_trunc('month', ${moment} AT TIME ZONE 'UTC')::date`;
}
