import { withoutQuotes } from '@schoolbell/delivery';
import type { MailRow } from '@schoolbell/persistence';

/** An e-mail for readers who may not see events' data: the error in it quotes none. */
export function withoutQuotedEvent(mail: MailRow): MailRow {
  if (mail.kind !== 'webhook.paused' || !mail.facts?.lastError) return mail;
  return { ...mail, facts: { ...mail.facts, lastError: withoutQuotes(mail.facts.lastError) } };
}
