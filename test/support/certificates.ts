import { generate } from 'selfsigned';

export type Certificate = Awaited<ReturnType<typeof generate>>;

/** A certificate that is its own authority, for a name; `localhost` includes its addresses. */
export const certificateFor = (
  name: string,
  validity: { notBeforeDate?: Date; notAfterDate?: Date } = {},
): Promise<Certificate> =>
  generate([{ name: 'commonName', value: name }], {
    ...validity,
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: name },
          ...(name === 'localhost' ? [{ type: 7 as const, ip: '127.0.0.1' }] : []),
        ],
      },
    ],
  });
