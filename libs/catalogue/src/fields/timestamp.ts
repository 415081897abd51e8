import { Text } from './text.js';

const DATE = '\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])';
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?';
const OFFSET = '(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)';

/** RFC 3339: a date and time with its offset. Whether the month has that day is `calendarDates`'s to say. */
export function Timestamp(description: string): PropertyDecorator {
  return Text({
    description,
    minLength: 20,
    maxLength: 35,
    pattern: `^${DATE}T${TIME}${OFFSET}$`,
    message: '$property must be a date and time such as 2026-04-10T14:32:00.000Z',
  });
}

/** RFC 3339: a date, or a date and time with its offset. */
export function DateOrTimestamp(description: string): PropertyDecorator {
  return Text({
    description,
    minLength: 10,
    maxLength: 35,
    pattern: `^${DATE}(?:T${TIME}${OFFSET})?$`,
    message: '$property must be a date such as 2027-04-10, or a date and time',
  });
}
