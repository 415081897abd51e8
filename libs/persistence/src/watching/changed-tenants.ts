import { fullId, shortId, toPayloads, wordsOf } from '../database/short-ids.js';

/** Which tenants changed, as one process tells the others. */
export interface ChangedTenants {
  /** Those whose deliveries were created or attempted. UUIDs. */
  moved: string[];
  /** Those of which anything else changed, webhooks and operations included. */
  touched: string[];
  /** The earliest time in the ids of what was recorded; absent when no attempt was. Unix milliseconds. */
  since?: number | undefined;
}

/** The channel of `LISTEN` and `NOTIFY`. */
export const CHANNEL = 'schoolbell_changes';

/** As few payloads as hold them: `since`, the tenants that moved, and those that were touched, with a `!`. */
export function changesToPayloads({ moved, touched, since }: ChangedTenants): string[] {
  const words = [...moved.map(shortId), ...touched.map((id) => `!${shortId(id)}`)];
  return toPayloads(words, [String(since ?? '')]);
}

/** What a version to come says otherwise is passed over. */
export function fromPayload(payload: string): ChangedTenants {
  const [time = '', ...words] = wordsOf(payload);
  const changed: ChangedTenants = { moved: [], touched: [] };
  if (/^\d+$/.test(time)) changed.since = Number(time);
  for (const word of words) {
    const wasTouched = word.startsWith('!');
    const id = fullId(wasTouched ? word.slice(1) : word);
    if (id) (wasTouched ? changed.touched : changed.moved).push(id);
  }
  return changed;
}
