import { ValidateBy } from 'class-validator';

/** An IANA name begins with a letter; `Intl` also takes offsets such as `+02:00`, which have no summer time. */
const NAME = /^[A-Za-z][\w+\-/]*$/;

/** Whether this is the name of a time zone, such as `Europe/Berlin`. */
export function isTimeZone(name: unknown): boolean {
  if (typeof name !== 'string' || !NAME.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}

export function IsTimeZone(): PropertyDecorator {
  return ValidateBy({
    name: 'isTimeZone',
    validator: {
      validate: isTimeZone,
      defaultMessage: () => 'must be the IANA name of a time zone, such as Europe/Berlin',
    },
  });
}
