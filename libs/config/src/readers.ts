/** Turns the text of one setting into its value, or throws an `Error` that says what is wanted instead. */
export type Reader<T> = (text: string) => T;

const KEY_BYTES = 32;
const TRUE = new Set(['true', '1', 'yes', 'on']);
const FALSE = new Set(['false', '0', 'no', 'off']);

/** Any text. */
export const text: Reader<string> = (value) => value;

/** A whole number between two bounds, both included. */
export function integer(min: number, max: number): Reader<number> {
  return (value) => {
    const number = /^-?\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    throw new Error(`must be a whole number from ${min} to ${max}`);
  };
}

/** A number from 0 to 1. */
export const share: Reader<number> = (value) => {
  if (/^(0|1|0?\.\d{1,15}|1\.0{1,15})$/.test(value)) return Number(value);
  throw new Error('must be a number from 0 to 1');
};

/** `true` or `false`; also `1`, `yes`, `on` and their opposites. */
export const flag: Reader<boolean> = (value) => {
  const word = value.toLowerCase();
  if (TRUE.has(word)) return true;
  if (FALSE.has(word)) return false;
  throw new Error('must be true or false');
};

/** One of a few words. */
export function oneOf<const T extends string>(...words: readonly T[]): Reader<T> {
  return (value) => {
    const word = words.find((candidate) => candidate === value.toLowerCase());
    if (word !== undefined) return word;
    throw new Error(`must be one of ${words.join(', ')}`);
  };
}

/** A URL with one of the given schemes and a host. The value is never repeated: it may hold a password. */
export function url(...schemes: readonly string[]): Reader<string> {
  return (value) => {
    const wanted = schemes.map((scheme) => `${scheme}://`).join(' or ');
    const parsed = URL.canParse(value) ? new URL(value) : undefined;
    if (parsed && schemes.includes(parsed.protocol.slice(0, -1))) return value;
    throw new Error(`must be a URL that starts with ${wanted}`);
  };
}

const POSTGRES_AUTHORITY = /^postgres(?:ql)?:\/\/(?:[^/?#]*@)?([^/?#]*)/;

/**
 * A `postgres://` or `postgresql://` URL with one host. The value is never repeated: it may hold a password.
 *
 * Our driver knows one host only: of several, `libpq` would try each and ask which one is the primary.
 */
export const postgresUrl: Reader<string> = (value) => {
  const hosts = POSTGRES_AUTHORITY.exec(value)?.[1] ?? '';
  const more = URL.canParse(value) ? new URL(value).searchParams.getAll('host').join() : '';
  if (hosts.includes(',') || more.includes(',')) throw new Error(ONE_ADDRESS_WANTED);
  return url('postgres', 'postgresql')(value);
};

const ONE_ADDRESS_WANTED =
  'must name one host: give it the one address that always leads to the primary (a virtual IP, a DNS name, ' +
  'HAProxy or a pooler); docs/operating/postgres.md says how';

/** A forward proxy: host and port, with user and password where it asks for them. The value is never repeated. */
export const proxy: Reader<string> = (value) => {
  const { username, password, pathname, search, hash } = new URL(url('http', 'https')(value));
  if (pathname !== '/' || search !== '' || hash !== '') {
    throw new Error('must end with the port: http://user:password@proxy.example.com:3128');
  }
  try {
    decodeURIComponent(username + password);
  } catch {
    throw new Error('must have a % in user or password written as %25');
  }
  return value;
};

/** An e-mail address, alone or as `Name <address>`. */
export const mailbox: Reader<string> = (value) => {
  const address = /^[^<>@,;\p{Cc}]*<(.+)>$/u.exec(value)?.[1] ?? value;
  if (/^[^\s<>@,;]+@[^\s<>@,;]+$/.test(address)) return value;
  throw new Error('must be an e-mail address, alone or as Name <address>');
};

/** A secret of at least so many characters. */
export function secret(minLength: number): Reader<string> {
  return (value) => {
    if (value.length >= minLength) return value;
    throw new Error(`must have at least ${minLength} characters`);
  };
}

/** Comma-separated base64 keys of 32 bytes each. The first encrypts, all decrypt. */
export const encryptionKeys: Reader<readonly Buffer[]> = (value) => {
  const keys = commaSeparated(value).map(decodeKey);
  if (keys.length === 0) throw new Error(KEY_WANTED);
  return keys;
};

const KEY_WANTED = `must be base64 of ${KEY_BYTES} bytes, as "openssl rand -base64 ${KEY_BYTES}" prints; several are separated by commas`;

function decodeKey(part: string): Buffer {
  const key = Buffer.from(part, 'base64');
  // Buffer.from skips what is no base64; a key that lost characters that way would decrypt nothing.
  const exact = key.toString('base64').replace(/=+$/, '') === part.replace(/=+$/, '');
  if (!exact || key.length !== KEY_BYTES) throw new Error(KEY_WANTED);
  return key;
}

/** The parts between commas, trimmed; empty parts are left out. */
export function commaSeparated(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
