import { createHash } from 'node:crypto';

const VERSION = 0x50;
const VARIANT = 0x80;

/**
 * UUIDv5 (RFC 9562, section 5.5): the same name in the same namespace always gives the same UUID.
 *
 * @param namespace a UUID
 * @param name hashed as UTF-8
 */
export function uuidV5(namespace: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest();
  bytes[6] = (bytes[6]! & 0x0f) | VERSION;
  bytes[8] = (bytes[8]! & 0x3f) | VARIANT;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
