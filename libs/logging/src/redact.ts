/** Stands wherever a secret was. */
export const REDACTED = '[redacted]';

/** Deeper than any of our lines; what lies below is cut off, so that no object can stall the logger. */
const MAX_DEPTH = 8;

/**
 * Names whose values never reach a log, compared without case, `-` and `_`. A name that ends in one of
 * these counts too (`previousSecret`, `x-allure-signature-secret`, `databasePassword`).
 */
const SECRET_NAMES = [
  'authorization',
  'cookie',
  'secret',
  'secrets',
  'password',
  'passwd',
  'token',
  'apikey',
  'encryptionkey',
  'encryptionkeys',
  'platformkey',
  'tenantkey',
  'privatekey',
  'databaseurl',
  'redisurl',
  'smtpurl',
  'egressproxy',
  'clientcertificate',
  'authentication',
  'credentials',
];

/** Not an LRUCache, with which a line, for its dozen names, took 0.16 µs longer. */
const secretByName = new Map<string, boolean>();

/**
 * Removes secrets from what is about to be logged, at every depth. Returns the same object where there was
 * none, so that the one line per attempt costs no copy.
 */
export function redact<T>(value: T): T {
  return redactAt(value, 0) as T;
}

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?/g;

/**
 * Removes what is recognisable as a secret inside text: our keys and secrets, access tokens, bearers, private
 * keys, passwords in URLs.
 */
export function redactText(text: string): string {
  return text
    .replaceAll(PRIVATE_KEY, REDACTED)
    .replaceAll(/\b(?:sbk|whsec)_[\w+/=-]{6,}/g, REDACTED)
    .replaceAll(/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, REDACTED)
    .replaceAll(/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${REDACTED}`)
    .replaceAll(/(\w:\/\/)[^\s/@]+@/g, `$1${REDACTED}@`);
}

function redactAt(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Error) return value;
  if (depth === MAX_DEPTH) return '[too deep]';
  if (Buffer.isBuffer(value)) return `[${value.length} bytes]`;
  if (Array.isArray(value)) return redactList(value, depth);
  if ('toJSON' in value) return value;
  return redactFields(value as Record<string, unknown>, depth);
}

function redactList(list: unknown[], depth: number): unknown[] {
  const clean = list.map((item) => redactAt(item, depth + 1));
  return clean.some((item, i) => item !== list[i]) ? clean : list;
}

function redactFields(fields: Record<string, unknown>, depth: number): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined;
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    const clean = isSecret(name) && value != null ? REDACTED : redactAt(value, depth + 1);
    if (clean === value) continue;
    copy ??= { ...fields };
    copy[name] = clean;
  }
  return copy ?? fields;
}

function isSecret(name: string): boolean {
  let secret = secretByName.get(name);
  if (secret === undefined) {
    const plain = name.toLowerCase().replaceAll(/[-_]/g, '');
    secret = SECRET_NAMES.some((ending) => plain.endsWith(ending));
    // Names come from our own code, but also from receivers' headers: those must not fill the memory.
    if (secretByName.size < 2000) secretByName.set(name, secret);
  }
  return secret;
}
