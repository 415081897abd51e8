import { isDeepStrictEqual } from 'node:util';
import type { Statement } from './statement.js';

/** Properties that an LRS may set itself. */
const SET_BY_LRS = new Set(['stored', 'authority', 'version']);
/** Properties that describe without identifying: an activity's definition, a verb's display, a person's name. */
const DESCRIBING = new Set(['definition', 'display']);

/**
 * Whether two statements with one id do not conflict (xAPI 1.0.3, Data 2.3.1; IEEE 9274.1.1, 4.2.4.2). What an LRS may
 * set or write in another form does not count, nor does the order of keys and of a group's members.
 */
export function isSameForLrs(one: Statement, other: Statement): boolean {
  const timestamp = one.timestamp && other.timestamp ? undefined : { timestamp: undefined };
  return isDeepStrictEqual(
    comparable({ ...one, ...timestamp }),
    comparable({ ...other, ...timestamp }),
  );
}

function comparable(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => comparable(item));
    return key === 'member' ? items.toSorted(byText) : items;
  }
  if (typeof value === 'string') return comparableText(value, key);
  if (typeof value !== 'object' || value === null) return value;
  // The meaning of an extension is unknown here, so nothing in it is ignored.
  if (key === 'extensions') return value;
  const entries = Object.entries(value)
    .filter(([name, item]) => item !== undefined && !SET_BY_LRS.has(name) && !DESCRIBING.has(name))
    .map(([name, item]) => [name, comparable(item, name)]);
  return Object.fromEntries(entries);
}

function comparableText(text: string, key: string): unknown {
  if (key === 'timestamp') return Date.parse(text);
  // Digits beyond a hundredth of a second are not compared.
  if (key === 'duration') return text.replace(/(?:\.(\d+))?S$/, inHundredths);
  if (key === 'id' || key === 'registration') return text.toLowerCase();
  return text;
}

const inHundredths = (_seconds: string, fraction = '') =>
  `.${fraction.padEnd(2, '0').slice(0, 2)}S`;

const byText = (a: unknown, b: unknown) => JSON.stringify(a).localeCompare(JSON.stringify(b));
