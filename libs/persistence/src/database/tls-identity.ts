import type { ClientCertificate, TlsIdentity } from '@schoolbell/delivery';
import type { SecretBox } from './encryption.js';

/** What TLS needs of a webhook's row. */
export interface TlsIdentityRow {
  id: string;
  version: number;
  /** Encrypted. */
  client_certificate: string | null;
  ca: string | null;
}

/**
 * @returns undefined for a webhook with neither a certificate nor a CA of its own
 * @throws DecryptionError or SyntaxError when the certificate cannot be read
 */
export function tlsIdentityOf(row: TlsIdentityRow, secretBox: SecretBox): TlsIdentity | undefined {
  const { id, version, client_certificate: encrypted, ca } = row;
  if (encrypted === null && ca === null) return undefined;
  return {
    id: `${id} ${version}`,
    ...(encrypted !== null && { client: readClientCertificate(encrypted, secretBox) }),
    ...(ca !== null && { ca }),
  };
}

export function readClientCertificate(encrypted: string, secretBox: SecretBox): ClientCertificate {
  return JSON.parse(secretBox.decrypt(encrypted)) as ClientCertificate;
}
