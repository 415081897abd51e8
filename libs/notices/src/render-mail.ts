import type { Mail } from './mail.js';
import type { MailText } from './mail-text.js';
import { renderCertificateExpiring } from './render-certificate-expiring.js';
import { renderSessionEnded } from './render-session-ended.js';
import { renderPasswordChanged } from './render-password-changed.js';
import { renderPasswordReset } from './render-password-reset.js';
import { renderSecondFactorChanged } from './render-second-factor-changed.js';
import { renderUsageThreshold } from './render-usage-threshold.js';
import { renderUserInvited } from './render-user-invited.js';
import { renderWebhookPaused } from './render-webhook-paused.js';

/**
 * Writes a mail from its facts.
 *
 * @param publicUrl where people reach the API; without it the mail names paths only
 * @throws when the facts are damaged, or of a kind that this version does not know
 */
export function renderMail(mail: Mail, publicUrl: string | undefined): MailText {
  const site = (publicUrl ?? '').replace(/\/+$/, '');
  const api = `${site}/v1`;
  switch (mail.kind) {
    case 'webhook.paused':
      return renderWebhookPaused(mail, api);
    case 'usage.threshold':
      return renderUsageThreshold(mail, api);
    case 'webhook.certificate_expiring':
      return renderCertificateExpiring(mail, api);
    case 'session.ended':
      return renderSessionEnded(mail, api);
    case 'user.invited':
      return renderUserInvited(mail, site);
    case 'password.reset':
      return renderPasswordReset(mail, site);
    case 'password.changed':
      return renderPasswordChanged(mail, site);
    case 'second_factor.changed':
      return renderSecondFactorChanged(mail, site);
    default:
      throw new Error(`There is no text for an e-mail about ${(mail as Mail).kind}.`);
  }
}
