import { X509Certificate } from 'node:crypto';

export interface PemCertificate {
  pem: string;
  x509: X509Certificate;
}

const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z\d+/=\s]+-----END CERTIFICATE-----/g;

/**
 * Reads the certificates of a PEM file, leaving out the text that `openssl` writes between them.
 *
 * @returns `undefined` when there is none, there are more than `most`, or one of them is damaged
 */
export function readPemCertificates(text: string, most: number): PemCertificate[] | undefined {
  const blocks = text.match(BLOCK) ?? [];
  if (blocks.length === 0 || blocks.length > most) return undefined;
  try {
    return blocks.map((pem) => ({ pem, x509: new X509Certificate(pem) }));
  } catch {
    return undefined;
  }
}
