import { getCACertificates } from 'node:tls';
import { toTypeId } from '@schoolbell/ids';
import { type Mailer, type MailResult, type OutgoingMail } from '@schoolbell/notices';
import { createTransport } from 'nodemailer';
import { failureOf } from './smtp-failure.js';
import { smtpServer } from './smtp-server.js';

export interface MailerOptions {
  /** `smtp://` or `smtps://`, with user and password if the server asks for them. */
  smtpUrl: string;
  /** `address` or `Name <address>`. */
  from: string;
  /** Certificate (PEM) of an authority that is trusted besides the public ones. */
  ca?: string;
  /**
   * For the whole conversation, so that a server that answers drop by drop cannot hold up a mail for ever. Default
   * 30,000.
   */
  timeoutMs?: number;
}

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
const DEFAULT_TIMEOUT_MS = 30_000;

/** Makes an SMTP client: one connection for each mail, since there are few. */
export function createMailer(options: MailerOptions): Mailer {
  const { smtpUrl, from, ca, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const transport = createTransport({
    ...smtpServer(smtpUrl),
    connectionTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    ...(ca && { tls: { ca: [...getCACertificates('default'), ca] } }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^@>]+)>?$/.exec(from)?.[1];
  return {
    send: async ({ id, to, subject, text }: OutgoingMail): Promise<MailResult> => {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          messageId: `<${toTypeId('mail', id)}@${domain}>`,
          // No answers from those who are away: RFC 3834.
          headers: { 'Auto-Submitted': 'auto-generated' },
          signal: AbortSignal.timeout(timeoutMs),
        });
        return { kind: 'accepted' };
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}
