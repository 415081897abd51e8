const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const SYMBOLS_IN_UUID = 26;
const SUFFIX = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/** What each id prefix stands for; the words are those of the glossary. */
export const ID_PREFIXES = {
  tenant: 'ten',
  user: 'usr',
  apiKey: 'key',
  event: 'evt',
  webhook: 'wh',
  delivery: 'dlv',
  attempt: 'att',
  batch: 'bat',
  operation: 'op',
  launch: 'lch',
  mail: 'mail',
  auditEntry: 'aud',
  session: 'uss',
  eventRejection: 'rej',
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

/**
 * Writes a stored UUID as the TypeID that API, headers and bodies show: `evt_01h455vb4pex5vsknk084sn02q`.
 *
 * @see https://github.com/jetify-com/typeid/blob/main/spec
 */
export function toTypeId(kind: IdKind, uuid: string): string {
  return `${ID_PREFIXES[kind]}_${encode(uuid)}`;
}

/**
 * Reads a TypeID of the given kind back into its UUID.
 *
 * @returns the UUID in lower case with hyphens, or `undefined` when the text is not such an id. Callers
 *   answer "not found" then: an id that cannot exist is an id that was not found.
 */
export function fromTypeId(kind: IdKind, text: string): string | undefined {
  const prefix = `${ID_PREFIXES[kind]}_`;
  if (!text.startsWith(prefix)) return undefined;
  const suffix = text.slice(prefix.length);
  return SUFFIX.test(suffix) ? decode(suffix) : undefined;
}

/**
 * Two symbols for every 10 bits. Ids are written for every attempt, eight times: looked up in pairs, one costs
 * a tenth of what it costs bit by bit.
 */
const PAIRS = Array.from(
  { length: 1024 },
  (_, bits) => ALPHABET.charAt(bits >> 5) + ALPHABET.charAt(bits & 31),
);

/** 26 symbols of 5 bits hold 130 bits: the first symbol carries only the top 3 of 128. */
function encode(uuid: string): string {
  const a = Number.parseInt(uuid.slice(0, 8), 16);
  const b = Number.parseInt(uuid.slice(9, 13) + uuid.slice(14, 18), 16);
  const c = Number.parseInt(uuid.slice(19, 23) + uuid.slice(24, 28), 16);
  const d = Number.parseInt(uuid.slice(28), 16);
  return (
    PAIRS[a >>> 24]! +
    PAIRS[(a >>> 14) & 1023]! +
    PAIRS[(a >>> 4) & 1023]! +
    PAIRS[((a & 15) << 6) | (b >>> 26)]! +
    PAIRS[(b >>> 16) & 1023]! +
    PAIRS[(b >>> 6) & 1023]! +
    PAIRS[((b & 63) << 4) | (c >>> 28)]! +
    PAIRS[(c >>> 18) & 1023]! +
    PAIRS[(c >>> 8) & 1023]! +
    PAIRS[((c & 255) << 2) | (d >>> 30)]! +
    PAIRS[(d >>> 20) & 1023]! +
    PAIRS[(d >>> 10) & 1023]! +
    PAIRS[d & 1023]!
  );
}

/** The first two symbols are two hex digits, and every four that follow are five. */
function decode(suffix: string): string {
  let hex = hexOf(suffix.slice(0, 2), 2);
  for (let at = 2; at < SYMBOLS_IN_UUID; at += 4) hex += hexOf(suffix.slice(at, at + 4), 5);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

function hexOf(symbols: string, digits: number): string {
  let value = 0;
  for (const symbol of symbols) value = value * 32 + ALPHABET.indexOf(symbol);
  return value.toString(16).padStart(digits, '0');
}
