import type { Mail } from './mail.js';
import { momentText, tenantNameOf, type MailText } from './mail-text.js';

/**
 * Tells an owner how much of the plan's launches a month has used.
 *
 * @param api what paths of the API begin with
 */
export function renderUsageThreshold(mail: Mail<'usage.threshold'>, api: string): MailText {
  const { period, launches, limit, percent } = mail.facts;
  const tenant = tenantNameOf(mail);
  return {
    subject: `Launches of ${period} have reached ${percent} % of the plan`,
    text: `The launches of ${period} have reached ${percent} % of the plan's limit.

Tenant:      ${tenant}
Month:       ${period} (UTC)
Launches:    ${grouped(launches)} of ${grouped(limit)}
Counted:     ${momentText(mail.createdAt)}

Nothing stops at the limit: launches beyond it are accepted, counted and
delivered like all others.

See how many there are now.
   GET ${api}/usage?month=${period}

You get this e-mail once for this threshold and month, because your address is
on the list of those who are told about ${tenant}.
`,
  };
}

/** `10,000` */
function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
