import { count, counted } from '../../ui/numbers.ts';

/** The API counts up to this; one more means "more". */
const MOST_COUNTED = 10_000;

/** "12" or "10,000+". */
export const backlogInWords = (backlog: number): string =>
  backlog > MOST_COUNTED ? `${count(MOST_COUNTED)}+` : count(backlog);

/** "1 delivery", "12 deliveries", "more than 10,000 deliveries". */
export function deliveriesInWords(backlog: number): string {
  if (backlog > MOST_COUNTED) return `more than ${count(MOST_COUNTED)} deliveries`;
  return counted(backlog, 'delivery').replace('deliverys', 'deliveries');
}
