import type { Mail } from './mail.js';
import { momentText, oneLine, shortened, tenantNameOf, type MailText } from './mail-text.js';
import { toTypeId } from '@schoolbell/ids';

const DAY_MS = 86_400_000;

/**
 * Tells an owner that the client certificate of a webhook ends soon.
 *
 * @param api what paths of the API begin with
 */
export function renderCertificateExpiring(
  mail: Mail<'webhook.certificate_expiring'>,
  api: string,
): MailText {
  const { facts } = mail;
  const id = toTypeId('webhook', facts.webhookId);
  const description = oneLine(facts.description);
  const expiresAt = new Date(facts.expiresAt);
  return {
    subject: `Client certificate ${when(expiresAt, mail.createdAt)}: ${shortened(description || new URL(facts.url).host)}`,
    text: `The client certificate of a webhook ${when(expiresAt, mail.createdAt)}.

Webhook:     ${description ? `${description} (${id})` : id}
URL:         ${facts.url}
Tenant:      ${tenantNameOf(mail)}
Expires:     ${momentText(expiresAt)}

A receiver that asks for a certificate refuses an expired one: attempts then fail,
until Schoolbell pauses the webhook.

Set a new certificate with its key. It is used from the next attempt on.
   PATCH ${api}/webhooks/${id}

You get this e-mail 30 and 7 days before the certificate expires, because your
address is on the list of those who are told about the webhooks of ${tenantNameOf(mail)}.
`,
  };
}

function when(expiresAt: Date, now: Date): string {
  const days = Math.floor((expiresAt.getTime() - now.getTime()) / DAY_MS);
  if (days < 0) return 'has expired';
  if (days === 0) return 'expires within a day';
  return `expires in ${days} ${days === 1 ? 'day' : 'days'}`;
}
