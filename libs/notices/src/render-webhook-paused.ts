import type { Mail, WebhookPausedFacts } from './mail.js';
import { momentText, oneLine, shortened, tenantNameOf, type MailText } from './mail-text.js';
import { toTypeId } from '@schoolbell/ids';

/**
 * Tells an owner that Schoolbell has paused a webhook.
 *
 * @param api what paths of the API begin with
 */
export function renderWebhookPaused(mail: Mail<'webhook.paused'>, api: string): MailText {
  const { facts } = mail;
  const id = toTypeId('webhook', facts.webhookId);
  const webhook = `${api}/webhooks/${id}`;
  const description = oneLine(facts.description);
  return {
    subject: `Webhook paused: ${shortened(description || new URL(facts.url).host)}`,
    text: `${WHAT_HAPPENED[facts.reason](facts)}

Webhook:     ${description ? `${description} (${id})` : id}
URL:         ${facts.url}
Tenant:      ${tenantNameOf(mail)}
Paused:      ${momentText(mail.createdAt)}
Last error:  ${oneLine(facts.lastError ?? 'unknown')}

While it is paused, nothing is sent to it and nothing is lost: what waits for
it, and what comes in meanwhile, is held until somebody resumes it.

What to do:

1. See what went wrong.
   GET ${webhook}/deliveries
2. ${WHAT_TO_MEND[facts.reason]} Then send a test, which works while the
   webhook is paused, too.
   POST ${webhook}/test
3. Resume it. What was held is sent, oldest first.
   POST ${webhook}/resume

You get this e-mail once for this pause, because your address is on the list
of those who are told about the webhooks of ${tenantNameOf(mail)}.
`,
  };
}

const WHAT_HAPPENED: Record<WebhookPausedFacts['reason'], (facts: WebhookPausedFacts) => string> = {
  consecutive_failures: ({ failures }) =>
    failures === 1
      ? 'Schoolbell has paused a webhook because an attempt to deliver to it failed.'
      : `Schoolbell has paused a webhook because ${failures} attempts in a row to deliver to it failed.`,
  gone: () =>
    'Schoolbell has paused a webhook because its receiver answered 410 Gone: there is nothing at its URL any more.',
};

const WHAT_TO_MEND: Record<WebhookPausedFacts['reason'], string> = {
  consecutive_failures: 'Repair the receiver.',
  gone: 'Put the receiver back, or give the webhook another URL.',
};
