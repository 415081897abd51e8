import { momentText, oneLine, type MailText } from './mail-text.js';
import type { Mail } from './mail.js';

const HOW = {
  changed: 'by somebody who was signed in and knew the old password',
  reset: 'with a link that was sent to this address',
};

/**
 * Tells somebody that the password has changed.
 *
 * @param site what links begin with
 */
export function renderPasswordChanged(mail: Mail<'password.changed'>, site: string): MailText {
  const { how, address } = mail.facts;
  return {
    subject: 'Your password for Schoolbell was changed',
    text: `The password of your account at Schoolbell was changed.

When:        ${momentText(mail.createdAt)}
How:         ${HOW[how]}
From:        ${oneLine(address)}

All other devices were signed out.

If it was you, there is nothing to do. If it was not, take the account back:
ask for a new password on the sign-in page, and tell the owner of your
Schoolbell.

   ${site}/
`,
  };
}
