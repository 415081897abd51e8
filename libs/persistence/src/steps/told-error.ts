import { TEMPLATE_FAILED } from '@schoolbell/delivery';
import { sql } from './statement.js';

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * The error of an attempt as pauses, operational events and e-mails tell it, which outlive the event: without what a
 * template quotes of it.
 *
 * @param message the column with the attempt's own message
 */
export function toldError(message: string): string {
  return sql`
          CASE WHEN starts_with(${message}, ${literal(TEMPLATE_FAILED)})
            THEN ${literal(`${TEMPLATE_FAILED}.`)} ELSE ${message} END`;
}
