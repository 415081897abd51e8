import type { KnownData } from '../../../contract/known-data.js';
import type { XapiSettings } from '../xapi-settings.js';
import type { Actor } from './statement.js';

/** Addresses that are a `mailto:` IRI as they are; an LRS refuses the whole statement for any other. */
const MAILBOX = /^[a-z0-9._'+-]+@[a-z0-9.-]+\.[a-z]{2,63}$/i;

/** The learner: their e-mail address if that is asked for and known, else their account at the tenant. */
export function actorOf(
  { learnerId, learner }: KnownData,
  tenantIri: string,
  by: XapiSettings['actor'],
): Actor {
  const email = learner?.email;
  if (by === 'mbox' && email !== undefined && MAILBOX.test(email)) {
    return { objectType: 'Agent', mbox: `mailto:${email}` };
  }
  return { objectType: 'Agent', account: { homePage: tenantIri, name: learnerId! } };
}
