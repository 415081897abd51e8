import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { toTypeId, uuidV7 } from '@schoolbell/ids';
import { type OutgoingMail } from '@schoolbell/notices';
import { createMailer } from '@schoolbell/mail';
import { generate } from 'selfsigned';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startMailServer, type MailServer, type MailServerOptions } from '../support/index.js';

const FROM = 'Schoolbell <bell@schoolbell.example>';
const LOGIN = { user: 'bell', password: 'hunter2' };
const SUBJECT = 'Webhook paused: Übersicht – 完了';
const TEXT = `Fünf Versuche.\n${'A line that is longer than what a line of SMTP may be. '.repeat(40)}\n.\nEnd`;

const aMail = (changes: Partial<OutgoingMail> = {}): OutgoingMail => ({
  id: uuidV7(),
  to: 'owner@example.com',
  subject: SUBJECT,
  text: TEXT,
  ...changes,
});

describe('the SMTP client', () => {
  let server: MailServer | undefined;
  let certificate: Awaited<ReturnType<typeof generate>>;

  beforeAll(async () => {
    certificate = await generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
      ],
    });
  });
  afterEach(() => server?.close());

  const start = async (options?: MailServerOptions): Promise<MailServer> =>
    (server = await startMailServer(options));
  const mailer = (smtpUrl: string, options: { ca?: string; timeoutMs?: number } = {}) =>
    createMailer({ smtpUrl, from: FROM, ...options });
  const withLogin = (url: string, password = LOGIN.password) =>
    url.replace('://', `://${LOGIN.user}:${password}@`);
  const withTls = (options: Partial<MailServerOptions['tls']> = {}): MailServerOptions => ({
    tls: { key: certificate.private, cert: certificate.cert, ...options },
    login: LOGIN,
  });

  it('hands over a mail whole, under an id by which a second copy can be told', async () => {
    const { url, mails } = await start();
    const mail = aMail();
    expect(await mailer(url).send(mail)).toEqual({ kind: 'accepted' });
    expect(await mailer(url).send(mail)).toEqual({ kind: 'accepted' });
    const [one, other] = mails;
    expect(one).toMatchObject({ from: 'bell@schoolbell.example', to: ['owner@example.com'] });
    expect(one!.headers).toMatchObject({
      from: FROM,
      to: 'owner@example.com',
      'message-id': `<${toTypeId('mail', mail.id)}@schoolbell.example>`,
      'auto-submitted': 'auto-generated',
    });
    expect(one!.text.replaceAll('\r\n', '\n').trimEnd()).toBe(TEXT);
    expect(other!.headers['message-id']).toBe(one!.headers['message-id']);
  });

  it('writes no header that a subject asks for', async () => {
    const { url, mails } = await start();
    await mailer(url).send(aMail({ subject: 'Paused\r\nBcc: everybody@example.com' }));
    expect(mails[0]!.to).toEqual(['owner@example.com']);
    expect(mails[0]!.headers).not.toHaveProperty('bcc');
  });

  it.each([
    [450, 'RCPT'],
    [451, 'DATA'],
  ] as const)('tries again what is answered %i to %s', async (code, at) => {
    const { url, respondWith } = await start();
    respondWith({ code, message: 'Come back later', at });
    expect(await mailer(url).send(aMail())).toMatchObject({
      kind: 'failed',
      error: expect.stringContaining(`${code} Come back later`),
    });
  });

  it.each([
    [550, 'RCPT'],
    [554, 'DATA'],
  ] as const)('gives up what is answered %i to %s', async (code, at) => {
    const { url, respondWith } = await start();
    respondWith({ code, message: 'Never', at });
    expect(await mailer(url).send(aMail())).toEqual({
      kind: 'refused',
      error: expect.stringContaining(`${code} Never`),
    });
  });

  it('tries again when the login is refused, for that is ours to put right', async () => {
    const { url, mails } = await start(withTls());
    const { send } = mailer(withLogin(url, 'wrong'), { ca: certificate.cert });
    expect(await send(aMail())).toMatchObject({
      kind: 'failed',
      error: 'The mail server did not accept the login.',
    });
    expect(mails).toEqual([]);
  });

  it.each([true, false])('logs in over TLS (from the first byte: %s)', async (fromTheFirstByte) => {
    const { url, mails } = await start(withTls({ fromTheFirstByte }));
    const { send } = mailer(withLogin(url), { ca: certificate.cert });
    expect(await send(aMail())).toEqual({ kind: 'accepted' });
    expect(mails[0]).toMatchObject({ secure: true, user: LOGIN.user });
  });

  it('tells the operator, and not the tenant, about the server that cannot be reached', async () => {
    const { url, port, close } = await start();
    await close();
    server = undefined;
    const result = await mailer(url).send(aMail());
    expect(result).toMatchObject({
      kind: 'failed',
      detail: { reason: expect.stringContaining('ECONNREFUSED') },
    });
    const { error } = result as { error: string };
    expect(error).not.toContain('127.0.0.1');
    expect(error).not.toContain(String(port));
  });

  it.each([true, false])(
    'trusts no server without a valid certificate (TLS from the first byte: %s)',
    async (fromTheFirstByte) => {
      const { url, mails } = await start(withTls({ fromTheFirstByte }));
      const result = await mailer(withLogin(url)).send(aMail());
      expect(result).toMatchObject({ kind: 'failed' });
      expect(mails).toEqual([]);
    },
  );

  it('sends no password to a server that offers no TLS', async () => {
    const { url, mails } = await start({ login: LOGIN });
    expect(await mailer(withLogin(url)).send(aMail())).toMatchObject({ kind: 'failed' });
    expect(mails).toEqual([]);
  });

  it('does not wait for a server that says nothing', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const startedAt = Date.now();
    const result = await mailer(`smtp://127.0.0.1:${port}`, { timeoutMs: 300 }).send(aMail());
    expect(result).toMatchObject({
      kind: 'failed',
      error: 'The mail server did not answer in time.',
    });
    expect(Date.now() - startedAt).toBeLessThan(5000);
    silent.close();
  });
});
