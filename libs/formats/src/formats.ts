import type { WireFormat } from './contract/wire-format.js';
import { allureconnect } from './formats/allureconnect/allureconnect.js';
import { custom } from './formats/custom/custom.js';
import { standardWebhooks } from './formats/standard-webhooks/standard-webhooks.js';
import { xapi } from './formats/xapi/xapi.js';

/** The table of contents: every format there is, the default first. */
export const FORMATS: readonly WireFormat[] = [allureconnect, standardWebhooks, xapi, custom];

export const FORMAT_NAMES: readonly string[] = FORMATS.map((format) => format.name);

const byName = new Map(FORMATS.map((format) => [format.name, format]));

/** The format that a webhook names, or `undefined` when there is none of that name. */
export function formatNamed(name: string): WireFormat | undefined {
  return byName.get(name);
}

/** Whether events of this type have a place in the format. */
export function carries(format: WireFormat, eventType: string): boolean {
  return format.carries === 'all' || format.carries.includes(eventType);
}
