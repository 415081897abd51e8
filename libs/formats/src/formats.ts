import { allureconnect } from './allureconnect.js';
import type { WireFormat } from './wire-format.js';

/** The table of contents: every format there is, the default first. */
export const FORMATS: readonly WireFormat[] = [allureconnect];

export const FORMAT_NAMES: readonly string[] = FORMATS.map((format) => format.name);

const byName = new Map(FORMATS.map((format) => [format.name, format]));

/** The format that a webhook names, or `undefined` when there is none of that name. */
export function formatNamed(name: string): WireFormat | undefined {
  return byName.get(name);
}
