/** A token of OAuth 2.0 for the requests of one webhook. */
export interface AccessToken {
  token: string;
  /** From this time on it is no longer used: shortly before it expires. */
  expiresAt: Date;
}

/** Where dispatchers share tokens, so that not each of them fetches its own. Implemented by `libs/persistence`. */
export interface AccessTokenStore {
  /** @param version of the webhook: a token that was fetched with other settings does not count */
  find(webhookId: string, version: number): Promise<AccessToken | undefined>;
  /** Replaces the webhook's previous token; nothing is kept for a webhook that was deleted in the meantime. */
  keep(webhookId: string, version: number, token: AccessToken): Promise<void>;
}
