import { createPrivateKey, type KeyObject } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { ClientCertificate } from '@schoolbell/delivery';
import { Text } from '../fields/text.js';
import type { FieldError } from '../http/api-error.js';
import { type PemCertificate, readPemCertificates } from './pem-certificates.js';

const MAX_CHAIN_LENGTH = 16_384;
const MAX_KEY_LENGTH = 8_192;
/** There are few authorities between a certificate and its root. */
const MOST_CERTIFICATES = 10;

/** The certificate for receivers that ask for one (mTLS). */
export class ClientCertificateInput {
  @Text({
    maxLength: MAX_CHAIN_LENGTH,
    description: 'PEM, followed by the intermediate certificates, if any.',
  })
  certificate!: string;

  @Text({
    maxLength: MAX_KEY_LENGTH,
    description: 'PEM, without a passphrase. Never shown again.',
  })
  key!: string;
}

const CERTIFICATE = 'clientCertificate.certificate';
const KEY = 'clientCertificate.key';

/** A certificate that has not expired, and the matching key. */
export function clientCertificateFaults(
  { certificate, key }: ClientCertificateInput,
  now: Date,
): FieldError[] {
  const chain = readPemCertificates(certificate, MOST_CERTIFICATES);
  const privateKey = readPrivateKey(key);
  const faults: FieldError[] = [];
  if (!chain) {
    faults.push({
      path: CERTIFICATE,
      message: `must be 1 to ${MOST_CERTIFICATES} PEM certificates`,
    });
  }
  if (!privateKey) {
    faults.push({ path: KEY, message: 'must be a private key in PEM, without a passphrase' });
  }
  if (!chain || !privateKey) return faults;
  const fault = faultOfPair(chain, privateKey, now);
  return fault ? [fault] : [];
}

/** @param input which has no {@link clientCertificateFaults} */
export function toClientCertificate({
  certificate,
  key,
}: ClientCertificateInput): ClientCertificate {
  const chain = readPemCertificates(certificate, MOST_CERTIFICATES)!;
  return { certificate: pemOf(chain), key: pemOfKey(readPrivateKey(key)!) };
}

function faultOfPair(
  chain: readonly PemCertificate[],
  key: KeyObject,
  now: Date,
): FieldError | undefined {
  const [{ x509 }] = chain as [PemCertificate];
  if (!x509.checkPrivateKey(key)) {
    return { path: KEY, message: 'must be the key of the first certificate' };
  }
  if (x509.validToDate <= now) {
    const end = x509.validToDate.toISOString();
    return { path: CERTIFICATE, message: `expired at ${end}: send a valid one` };
  }
  try {
    createSecureContext({ cert: pemOf(chain), key: pemOfKey(key) });
    return undefined;
  } catch {
    const message = 'cannot be used for TLS: have it issued for a 2048-bit RSA key or a P-256 key';
    return { path: CERTIFICATE, message };
  }
}

function readPrivateKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

function pemOfKey(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function pemOf(chain: readonly PemCertificate[]): string {
  return chain.map(({ pem }) => pem).join('\n');
}
