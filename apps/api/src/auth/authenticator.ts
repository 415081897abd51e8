import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../http/api-error.js';
import type { ApiKeyAuthenticator } from './api-key-authenticator.js';
import { credentialOf } from './credential.js';
import type { Principal } from './principal.js';
import type { UserAuthenticator } from './user-authenticator.js';

/** Identifies who sends a request. */
export class Authenticator {
  constructor(
    private readonly apiKeys: ApiKeyAuthenticator,
    private readonly users: UserAuthenticator,
  ) {}

  /** @returns at once where it can; `undefined` when the sender is unknown */
  authenticate(
    headers: IncomingHttpHeaders,
  ): Principal | undefined | Promise<Principal | undefined> {
    const credential = credentialOf(headers);
    switch (credential?.kind) {
      case 'api_key':
        return this.apiKeys.authenticate(credential.key);
      case 'access_token':
        return this.users.authenticate(headers);
      case undefined:
        return undefined;
    }
  }
}

/** The same 401 for every reason, so that nobody learns which keys exist. */
export function unauthenticated(): ApiError {
  return new ApiError('unauthenticated', undefined, {
    headers: { 'WWW-Authenticate': 'Bearer realm="schoolbell"' },
  });
}
