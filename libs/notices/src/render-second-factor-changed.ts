import { momentText, oneLine, type MailText } from './mail-text.js';
import type { Mail, SecondFactorChangedFacts } from './mail.js';

type How = SecondFactorChangedFacts['how'];

const SUBJECT: Record<How, string> = {
  enabled: 'A second factor for Schoolbell was set up',
  disabled: 'The second factor for Schoolbell was removed',
  reset: 'The second factor for Schoolbell was removed',
  recovery_codes_replaced: 'Your recovery codes for Schoolbell were replaced',
};

const WHAT: Record<How, string> = {
  enabled: `Signing in to your account at Schoolbell now needs a code from an authenticator
app besides the password. All other devices were signed out.`,
  disabled: `From now on, the password alone signs in to your account at Schoolbell.`,
  reset: `Somebody who manages users removed the second factor of your account at
Schoolbell. From now on, the password alone signs in, and all devices were
signed out. Set up a new second factor when you sign in.`,
  recovery_codes_replaced: `The recovery codes of your account at Schoolbell were replaced by new ones.
The old ones do not work any more.`,
};

/**
 * Tells somebody that what protects the account besides the password has changed.
 *
 * @param site what links begin with
 */
export function renderSecondFactorChanged(
  mail: Mail<'second_factor.changed'>,
  site: string,
): MailText {
  const { how, by, address } = mail.facts;
  return {
    subject: SUBJECT[how],
    text: `${WHAT[how]}

When:        ${momentText(mail.createdAt)}
Who:         ${oneLine(by)}
From:        ${oneLine(address)}

If you know about this, there is nothing to do. If you do not, ask for a new
password on the sign-in page, and tell the owner of your Schoolbell.

   ${site}/
`,
  };
}
