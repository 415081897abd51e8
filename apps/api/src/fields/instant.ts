import { ValidateBy } from 'class-validator';

const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Postgres reads neither year 0 nor years of five digits, to which an offset can lead. */
const EARLIEST = Date.parse('0001-01-01T00:00:00.000Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** A text in the form of RFC 3339 that names a real day: `2026-11-22T09:30:00.000Z`. */
export const IsInstant = (): PropertyDecorator =>
  ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value) => typeof value === 'string' && isInstant(value),
      defaultMessage: () => 'must be an RFC 3339 date and time, such as 2026-11-22T09:30:00Z',
    },
  });

/** `Date` alone would read the 31st of February as a day of March. */
export function isInstant(text: string): boolean {
  const [, year, month, day] = RFC_3339.exec(text) ?? [];
  if (!year) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  const time = Date.parse(text);
  return exists && EARLIEST <= time && time <= LATEST;
}
