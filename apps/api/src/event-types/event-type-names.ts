import { EVENT_TYPES } from '@schoolbell/catalogue';

export const MAX_NAME_LENGTH = 128;

/** Lower case, dotted: `order.placed`, `acme.order-line.shipped`. Safe in headers and paths. */
const NAME = /^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*(?:\.[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*)+$/;
export const NAME_RULE = `must be lower case and dotted, such as order.placed, of at most ${MAX_NAME_LENGTH} characters`;

/** Prefixes of Schoolbell's own types, now and in later releases. */
const RESERVED_PREFIXES = ['webhook.', 'delivery.', 'usage.', 'schoolbell.'];

/** Further names; `session.created` is how the format `scorm-api` sends `session.launched`. */
const RESERVED_NAMES: ReadonlySet<string> = new Set([
  ...EVENT_TYPES.map(({ name }) => name),
  'session.created',
]);

export function isEventTypeName(name: string): boolean {
  return name.length <= MAX_NAME_LENGTH && NAME.test(name);
}

/** Why nobody can register a type of this name; `undefined` when it is free. */
export function whyReserved(name: string): string | undefined {
  if (RESERVED_NAMES.has(name)) return `${name} is a name of the catalogue.`;
  const prefix = RESERVED_PREFIXES.find((reserved) => name.startsWith(reserved));
  return prefix && `Names that begin with ${prefix} are Schoolbell’s own.`;
}
