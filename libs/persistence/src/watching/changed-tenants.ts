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

/** Postgres takes less than 8,000 bytes; a tenant takes 23 of them. */
const TENANTS_PER_PAYLOAD = 300;

const SEPARATOR = ' ';

/** As few payloads as hold them: `since`, the tenants that moved, and those that were touched, with a `!`. */
export function toPayloads({ moved, touched, since }: ChangedTenants): string[] {
  const words = [...moved.map(shortId), ...touched.map((id) => `!${shortId(id)}`)];
  const payloads: string[] = [];
  for (let at = 0; at < words.length; at += TENANTS_PER_PAYLOAD) {
    const some = words.slice(at, at + TENANTS_PER_PAYLOAD);
    payloads.push([since ?? '', ...some].join(SEPARATOR));
  }
  return payloads;
}

/** What a version to come says otherwise is passed over. */
export function fromPayload(payload: string): ChangedTenants {
  const [time = '', ...words] = payload.split(SEPARATOR);
  const changed: ChangedTenants = { moved: [], touched: [] };
  if (/^\d+$/.test(time)) changed.since = Number(time);
  for (const word of words) {
    const wasTouched = word.startsWith('!');
    const id = fullId(wasTouched ? word.slice(1) : word);
    if (id) (wasTouched ? changed.touched : changed.moved).push(id);
  }
  return changed;
}

function shortId(uuid: string): string {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');
}

function fullId(short: string): string | undefined {
  const hex = Buffer.from(short, 'base64url').toString('hex');
  if (hex.length !== 32) return undefined;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
