import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { eventually } from './eventually.js';

/** A mail that the server took. */
export interface ReceivedMail {
  from: string;
  to: string[];
  /** By name in lower case; the last one of each name. */
  headers: Record<string, string>;
  /** The body, decoded. */
  text: string;
  /** Whether it came over TLS, and who had logged in. */
  secure: boolean;
  user: string | undefined;
}

/** `hang` takes the mail and never confirms it; `slow` confirms it after a second. */
export type MailReply =
  'accept' | 'slow' | 'hang' | { code: number; message: string; at?: 'RCPT' | 'DATA' };

export interface MailServer {
  /** `smtp://127.0.0.1:<port>` */
  url: string;
  port: number;
  /** In the order of arrival. */
  mails: ReceivedMail[];
  /** Recipients that it was asked about, including those that it refused. */
  asked: string[];
  /** Sets all answers from now on, by recipient. By default every mail is accepted. */
  respondWith(reply: MailReply | ((recipient: string) => MailReply)): void;
  /** Resolves to the first `count` mails once they have arrived. */
  waitFor(count: number, timeoutMs?: number): Promise<ReceivedMail[]>;
  close(): Promise<void>;
}

export interface MailServerOptions {
  /** Default: a free one. */
  port?: number;
  /** TLS, from the first byte or by STARTTLS. If left out, there is none. */
  tls?: { key: string; cert: string; fromTheFirstByte?: boolean };
  /** Who may log in; if left out, no login is required. */
  login?: { user: string; password: string };
}

/** A real mail server on its own port, which records what arrives. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const asked: string[] = [];
  let decide: (recipient: string) => MailReply = accept;
  const server = new SMTPServer({
    ...securityOf(options),
    closeTimeout: 1,
    onRcptTo: ({ address }, _session, done) => {
      asked.push(address);
      done(refusal(decide(address), 'RCPT'));
    },
    onData: async (stream, { envelope, secure, user }, done) => {
      const to = envelope.rcptTo.map(({ address }) => address);
      const raw = await text(stream);
      const reply = decide(to[0]!);
      const refused = refusal(reply, 'DATA');
      if (refused) return done(refused);
      const from = envelope.mailFrom ? envelope.mailFrom.address : '';
      mails.push({ from, to, ...parsed(raw), secure, user: user as string | undefined });
      if (reply === 'slow') await sleep(1000);
      if (reply !== 'hang') done();
    },
  });
  // Some tests are about clients that hang up halfway, or that do not trust the server.
  server.on('error', () => undefined);
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp${options.tls?.fromTheFirstByte ? 's' : ''}://127.0.0.1:${port}`,
    port,
    mails,
    asked,
    respondWith: (reply) => {
      decide = typeof reply === 'function' ? reply : () => reply;
    },
    waitFor: (count, timeoutMs) =>
      eventually(() => mails.length >= count && mails.slice(0, count), { timeoutMs }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const accept = (): MailReply => 'accept';

function securityOf({ tls, login }: MailServerOptions): SMTPServerOptions {
  return {
    ...(tls && { key: tls.key, cert: tls.cert, secure: tls.fromTheFirstByte ?? false }),
    disabledCommands: [...(tls ? [] : ['STARTTLS']), ...(login ? [] : ['AUTH'])],
    authOptional: login === undefined,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) => {
      const known = username === login?.user && password === login?.password;
      done(known ? null : new Error('Who are you?'), { user: username });
    },
  };
}

function refusal(reply: MailReply, at: 'RCPT' | 'DATA'): Error | undefined {
  if (typeof reply === 'string' || (reply.at ?? 'RCPT') !== at) return undefined;
  return Object.assign(new Error(reply.message), { responseCode: reply.code });
}

function parsed(raw: string): Pick<ReceivedMail, 'headers' | 'text'> {
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const fields = head.replaceAll(/\r\n[ \t]/g, ' ').split('\r\n');
  const headers = Object.fromEntries(
    fields.map((field) => {
      const colon = field.indexOf(':');
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
    }),
  );
  return { headers, text: decoded(body.join('\r\n\r\n'), headers['content-transfer-encoding']) };
}

function decoded(body: string, encoding: string | undefined): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  if (encoding !== 'quoted-printable') return body;
  const bytes = body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
