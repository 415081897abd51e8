/** What a link in an e-mail is good for. */
export type LinkPurpose = 'invitation' | 'password_reset';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long a link is good, unless it is used before. Milliseconds. */
export const LINK_LIFETIME_MS: Readonly<Record<LinkPurpose, number>> = {
  invitation: 72 * HOUR_MS,
  password_reset: 30 * MINUTE_MS,
};

/**
 * How many links for a new password one person can have at a time: nobody can fill somebody else's mailbox by asking
 * in their name, and links that were sent stay valid.
 */
export const MOST_RESETS_AT_ONCE = 3;
