import { linkText } from './mail-link.js';
import type { MailText } from './mail-text.js';
import type { Mail } from './mail.js';

/**
 * Brings somebody the link for a new password.
 *
 * @param site what links begin with
 */
export function renderPasswordReset(mail: Mail<'password.reset'>, site: string): MailText {
  return {
    subject: 'Choose a new password for Schoolbell',
    text: `Somebody has asked for a new password for your account at Schoolbell.

Open this link to choose one. You will then be signed out everywhere else.

${linkText(mail.facts, site, 'password-reset')}

If it was not you, ignore this e-mail: your password stays as it is.
`,
  };
}
