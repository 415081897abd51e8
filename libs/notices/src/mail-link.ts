import type { LinkFacts } from './mail.js';
import { momentText } from './mail-text.js';

const HIDDEN = '[Only the recipient and the platform see the link here, and only while it works.]';

/**
 * The paragraph of a mail with the link. The token is in the fragment, which browsers send to no server, so it gets
 * into no log.
 *
 * @param site what paths of the dashboard begin with; empty if not configured
 * @param page `invitation`
 */
export function linkText(
  { linkToken, linkExpiresAt }: LinkFacts,
  site: string,
  page: string,
): string {
  const until = momentText(new Date(linkExpiresAt));
  const link = linkToken === null ? HIDDEN : `${site}/${page}#token=${linkToken}`;
  const where = site ? '' : '\nPut the address of your Schoolbell before it.\n';
  return `   ${link}
${where}
It works once, until ${until}.`;
}
