import { describe, expect, it } from 'vitest';
import { smtpServer } from './smtp-server.js';

describe('SMTP_URL', () => {
  it('names a relay that asks for no password', () => {
    expect(smtpServer('smtp://relay.example.com:25')).toEqual({
      host: 'relay.example.com',
      port: 25,
      secure: false,
      requireTLS: false,
    });
  });

  it('never lets a password go without TLS', () => {
    expect(smtpServer('smtp://bell%40example.com:p%2Fw@mail.example.com')).toEqual({
      host: 'mail.example.com',
      port: 587,
      secure: false,
      requireTLS: true,
      auth: { user: 'bell@example.com', pass: 'p/w' },
    });
  });

  it('with smtps:// is TLS from the first byte', () => {
    expect(smtpServer('smtps://u:p@[::1]')).toMatchObject({ host: '::1', port: 465, secure: true });
  });

  it('cannot turn off the verification of certificates', () => {
    const server = smtpServer('smtps://mail.example.com?tls.rejectUnauthorized=false&secure=false');
    expect(server).not.toHaveProperty('tls');
    expect(server.secure).toBe(true);
  });
});
