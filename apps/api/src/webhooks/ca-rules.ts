import type { FieldError } from '../http/api-error.js';
import { readPemCertificates } from './pem-certificates.js';

export const MAX_CA_LENGTH = 32_768;
const MOST_AUTHORITIES = 20;

export function caFaults(ca: string, now: Date): FieldError[] {
  const authorities = readPemCertificates(ca, MOST_AUTHORITIES);
  if (!authorities) {
    return [{ path: 'ca', message: `must be 1 to ${MOST_AUTHORITIES} PEM certificates` }];
  }
  if (authorities.some(({ x509 }) => x509.validToDate > now)) return [];
  return [{ path: 'ca', message: 'has expired: send a valid certificate of the authority' }];
}

/** @param ca which has no {@link caFaults} */
export function toCa(ca: string): string {
  const authorities = readPemCertificates(ca, MOST_AUTHORITIES)!;
  return authorities.map(({ pem }) => pem).join('\n');
}
