/** A UUID in 22 characters: notifications have room for few. */
export function shortId(uuid: string): string {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');
}

/** @returns undefined for what is no {@link shortId} */
export function fullId(short: string): string | undefined {
  const hex = Buffer.from(short, 'base64url').toString('hex');
  if (hex.length !== 32) return undefined;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Postgres takes less than 8,000 bytes in a notification. */
export const IDS_PER_PAYLOAD = 300;
