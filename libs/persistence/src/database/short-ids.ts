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

/** Postgres takes less than 8,000 bytes in a notification; a short id and what stands beside it are 24. */
const WORDS_PER_PAYLOAD = 300;
const SEPARATOR = ' ';

/** As few payloads as hold the words. @param first stands before those of each payload */
export function toPayloads(words: readonly string[], first: readonly string[] = []): string[] {
  const payloads: string[] = [];
  for (let at = 0; at < words.length; at += WORDS_PER_PAYLOAD) {
    payloads.push([...first, ...words.slice(at, at + WORDS_PER_PAYLOAD)].join(SEPARATOR));
  }
  return payloads;
}

export function wordsOf(payload: string): string[] {
  return payload.split(SEPARATOR);
}
