import type { Mail } from './mail.js';
import { momentText, oneLine, type MailText } from './mail-text.js';

/**
 * Tells a user that one of their sessions was ended, because somebody else may have a copy of its token.
 *
 * @param api what paths of the API begin with
 */
export function renderSessionEnded(mail: Mail<'session.ended'>, api: string): MailText {
  const { address, userAgent } = mail.facts;
  return {
    subject: 'You were signed out of Schoolbell for your safety',
    text: `Schoolbell has ended one of your sessions. The token that keeps it alive was
used a second time, after it had been replaced: somebody may have a copy of it.

From address:  ${oneLine(address)}
Client:        ${oneLine(userAgent) || 'unknown'}
Ended:         ${momentText(mail.createdAt)}

Nobody can use that session any more, on any device. Your other sessions and your
password are unchanged.

What to do:

1. Sign in again.
2. If the address or the client is not yours, change your password, and end the
   sessions that you do not know.
   GET ${api}/me/sessions
`,
  };
}
