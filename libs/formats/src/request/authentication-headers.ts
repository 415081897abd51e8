import type { WebhookAuthentication } from '@schoolbell/delivery';
import type { Header, WireFormat } from '../contract/wire-format.js';

/**
 * The `Authorization` header that a webhook's authentication asks for, if any.
 *
 * @param accessToken of OAuth 2.0, which the sender of the request has fetched
 */
export function authorizationHeader(
  authentication: WebhookAuthentication,
  accessToken?: string,
): Header | undefined {
  switch (authentication.type) {
    case 'basic': {
      // RFC 7617: the first colon ends the username, so a username cannot have one.
      const credentials = `${authentication.username}:${authentication.password}`;
      return ['Authorization', `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`];
    }
    case 'bearer':
      return ['Authorization', `Bearer ${authentication.token}`];
    case 'oauth2':
      return accessToken === undefined ? undefined : ['Authorization', `Bearer ${accessToken}`];
    case 'signature':
    case 'none':
    case 'form':
      return undefined;
  }
}

/** Whether requests are signed: as the format demands, as the webhook says, else only by `signature`. */
export function isSigned(format: WireFormat, authentication: WebhookAuthentication): boolean {
  if (format.signed !== 'as_asked') return format.signed === 'always';
  return authentication.sign ?? authentication.type === 'signature';
}
