import { generate } from 'selfsigned';

export type Certificate = Awaited<ReturnType<typeof generate>>;

export interface CertificateOptions {
  notBeforeDate?: Date;
  notAfterDate?: Date;
  /** The certificate's authority; if left out, it signs itself. */
  issuer?: Certificate;
}

/** A certificate for a name; `localhost` includes its addresses. */
export const certificateFor = (
  name: string,
  { issuer, ...validity }: CertificateOptions = {},
): Promise<Certificate> =>
  generate([{ name: 'commonName', value: name }], {
    ...validity,
    ...(issuer && { ca: { key: issuer.private, cert: issuer.cert } }),
    extensions: [
      { name: 'basicConstraints', cA: !issuer },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: name },
          ...(name === 'localhost' ? [{ type: 7 as const, ip: '127.0.0.1' }] : []),
        ],
      },
    ],
  });
