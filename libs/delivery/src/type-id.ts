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
  operation: 'op',
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

function encode(uuid: string): string {
  const hex = uuid.replaceAll('-', '');
  let text = '';
  // 26 symbols of 5 bits hold 130 bits: the first symbol carries only the top 3 of 128.
  let bits = 0;
  let pending = 2;
  for (const digit of hex) {
    bits = (bits << 4) | Number.parseInt(digit, 16);
    pending += 4;
    if (pending >= 5) {
      pending -= 5;
      text += ALPHABET[(bits >> pending) & 31];
      bits &= (1 << pending) - 1;
    }
  }
  return text;
}

function decode(suffix: string): string {
  let value = 0n;
  for (let i = 0; i < SYMBOLS_IN_UUID; i++) {
    value = (value << 5n) | BigInt(ALPHABET.indexOf(suffix.charAt(i)));
  }
  const hex = value.toString(16).padStart(32, '0');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
