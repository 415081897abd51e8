/** Fewer characters are guessed too soon. Source: `security.md`, as NIST SP 800-63B for passwords used alone. */
export const MIN_PASSWORD_LENGTH = 12;
/** Hashing a longer one would cost more than it protects. */
export const MAX_PASSWORD_LENGTH = 128;

/** What people put around a common password to make it longer: `password-2026!`. */
const MOST_PADDING = 8;
const PADDED = new RegExp(
  String.raw`^[^\p{L}]{0,${MOST_PADDING}}(.*?)[^\p{L}]{0,${MOST_PADDING}}$`,
  'su',
);
const REPEATED = /^(.{1,6}?)\1+$/su;

let common: Promise<ReadonlySet<string>> | undefined;

/**
 * What is wrong with a new password: its length, or that many people have it. There are no rules about symbols.
 *
 * @returns continues a sentence that begins with the field's name; `undefined` for a good one
 */
export async function faultOfPassword(password: string): Promise<string | undefined> {
  const characters = [...password].length;
  if (characters < MIN_PASSWORD_LENGTH || characters > MAX_PASSWORD_LENGTH) {
    return `must have ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters`;
  }
  if (await isCommonPassword(password)) {
    return 'is too common: choose one that nobody else would, such as four random words';
  }
  return undefined;
}

/** Whether a password is on the list, also written in capitals, padded with digits and signs, or repeated. */
async function isCommonPassword(password: string): Promise<boolean> {
  const list = await (common ??= commonPasswords());
  const lower = password.toLowerCase();
  const core = PADDED.exec(lower)?.[1] ?? '';
  return REPEATED.test(lower) || list.has(lower) || list.has(core);
}

/** Loaded when the first password is chosen: reading the list takes 30 ms, and most processes never need it. */
async function commonPasswords(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common']);
}
