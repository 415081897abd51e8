/** A token of OAuth 2.0 for the requests of one webhook. */
export interface AccessToken {
  token: string;
  /** From when on it is not used any more: shortly before its end. */
  expiresAt: Date;
}

/** Where dispatchers share tokens, so that not each of them fetches its own. Implemented by `libs/persistence`. */
export interface AccessTokenStore {
  /**
   * @param version of the webhook: a token that was fetched by other settings is none
   */
  find(webhookId: string, version: number): Promise<AccessToken | undefined>;
  /** In place of the webhook's token before; nothing is kept for a webhook that was deleted meanwhile. */
  keep(webhookId: string, version: number, token: AccessToken): Promise<void>;
}
