/**
 * Who made a change: a user or an API key of the tenant, or the platform by one of its own users or keys.
 */
export interface Actor {
  kind: 'user' | 'api_key' | 'platform';
  /** TypeID of the user or key. */
  id: string;
  /** As it was at that moment: the name of the key, or the user's e-mail address. */
  name: string;
}

/** A change's actor, and the request by which it was made. */
export interface Author {
  actor: Actor;
  /** IP address of the client. */
  address: string;
  requestId: string;
}
