import type { WireFormat } from './contract/wire-format.js';
import { absorb } from './formats/absorb/absorb.js';
import { allureconnect } from './formats/allureconnect/allureconnect.js';
import { cloudevents } from './formats/cloudevents/cloudevents.js';
import { custom } from './formats/custom/custom.js';
import { lmsCanonical } from './formats/lms-canonical/lms-canonical.js';
import { scormApi } from './formats/scorm-api/scorm-api.js';
import { standardWebhooks } from './formats/standard-webhooks/standard-webhooks.js';
import { adobeAlm } from './formats/adobe-alm/adobe-alm.js';
import { docebo } from './formats/docebo/docebo.js';
import { learnupon } from './formats/learnupon/learnupon.js';
import { scormCloud } from './formats/scorm-cloud/scorm-cloud.js';
import { xapi } from './formats/xapi/xapi.js';

/** The table of contents: every format there is, the default first. */
export const FORMATS: readonly WireFormat[] = [
  allureconnect,
  standardWebhooks,
  cloudevents,
  scormApi,
  absorb,
  lmsCanonical,
  adobeAlm,
  docebo,
  learnupon,
  scormCloud,
  xapi,
  custom,
];

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
