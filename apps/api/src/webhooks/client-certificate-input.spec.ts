import { generateKeyPairSync } from 'node:crypto';
import { generate } from 'selfsigned';
import { describe, expect, it } from 'vitest';
import { caFaults, toCa } from './ca-rules.js';
import { clientCertificateFaults, toClientCertificate } from './client-certificate-input.js';

const { cert, private: key } = await generate([{ name: 'commonName', value: 'bell' }]);
const other = await generate([{ name: 'commonName', value: 'other' }]);
const NOW = new Date();
const LATER = new Date(Date.now() + 10 * 365 * 86_400_000);
const ENCRYPTED = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' },
}).privateKey;

describe('a client certificate', () => {
  it('is taken with its key, and with the chain behind it', () => {
    expect(clientCertificateFaults({ certificate: cert, key }, NOW)).toEqual([]);
    const chain = { certificate: `${cert}${other.cert}`, key };
    expect(clientCertificateFaults(chain, NOW)).toEqual([]);
  });

  it('is stored without what else the texts hold', () => {
    const certificate = `subject=CN = bell\n${cert}\n# secret\n`;
    const stored = toClientCertificate({ certificate, key: `Bag Attributes\n${key}` });
    expect(stored.certificate).toBe(cert.trim());
    expect(stored.key).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  });

  it.each([
    ['with the key of another', { certificate: cert, key: other.private }, 'key'],
    ['that does not stand before its chain', { certificate: other.cert + cert, key }, 'key'],
    ['with a key that has a passphrase', { certificate: cert, key: ENCRYPTED }, 'key'],
    ['with a key that is none', { certificate: cert, key: cert }, 'key'],
    ['that is none', { certificate: 'hello', key }, 'certificate'],
    ['that was cut', { certificate: cert.replace(/[^-\s]{60}/, ''), key }, 'certificate'],
    ['with too long a chain', { certificate: cert.repeat(11), key }, 'certificate'],
  ])('is refused %s', (_what, input, field) => {
    expect(clientCertificateFaults(input, NOW)).toEqual([
      { path: `clientCertificate.${field}`, message: expect.any(String) },
    ]);
  });

  it('is refused when it is over', () => {
    expect(clientCertificateFaults({ certificate: cert, key }, LATER)).toEqual([
      {
        path: 'clientCertificate.certificate',
        message: expect.stringMatching(/^expired at \d{4}-/),
      },
    ]);
  });

  it('is refused where TLS does not take its key', async () => {
    const short = await generate(undefined, { keySize: 1024 });
    const input = { certificate: short.cert, key: short.private };
    expect(clientCertificateFaults(input, NOW)).toMatchObject([
      { path: 'clientCertificate.certificate' },
    ]);
  });
});

describe('a CA', () => {
  it('is one certificate or several, stored without what else the text holds', () => {
    expect(caFaults(`${cert}\n${other.cert}`, NOW)).toEqual([]);
    expect(toCa(`# ours\n${cert}\n# theirs\n${other.cert}`)).toBe(
      `${cert.trim()}\n${other.cert.trim()}`,
    );
  });

  it.each([
    ['is none', 'hello', NOW],
    ['is empty', '', NOW],
    ['is a key', key, NOW],
    ['has too many', cert.repeat(21), NOW],
    ['is over', cert, LATER],
  ])('is refused when it %s', (_what, ca, now) => {
    expect(caFaults(ca, now)).toEqual([{ path: 'ca', message: expect.any(String) }]);
  });
});
