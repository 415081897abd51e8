import { linkText } from './mail-link.js';
import { oneLine, type MailText } from './mail-text.js';
import type { Mail } from './mail.js';

/**
 * Invites somebody to choose a password.
 *
 * @param site what links begin with
 */
export function renderUserInvited(mail: Mail<'user.invited'>, site: string): MailText {
  const { role, invitedBy } = mail.facts;
  const where = mail.tenantName === null ? 'the platform' : oneLine(mail.tenantName);
  return {
    subject: `You are invited to Schoolbell: ${where}`,
    text: `${oneLine(invitedBy)} has invited you to Schoolbell, which tells other systems what
happens on a learning platform.

Of:          ${where}
Your role:   ${role.replaceAll('_', ' ')}

Open this link to choose a password and sign in.

${linkText(mail.facts, site, 'invitation')}

If you did not expect this e-mail, ignore it: nobody can sign in with your
address until you choose a password.
`,
  };
}
