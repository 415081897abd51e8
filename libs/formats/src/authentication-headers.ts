import type { WebhookAuthentication } from '@schoolbell/delivery';
import type { Header, WireFormat } from './wire-format.js';

/** The `Authorization` header that a webhook's authentication asks for, if any. */
export function authorizationHeader(authentication: WebhookAuthentication): Header | undefined {
  switch (authentication.type) {
    case 'basic': {
      // RFC 7617: the first colon ends the username, so a username cannot have one.
      const credentials = `${authentication.username}:${authentication.password}`;
      return ['Authorization', `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`];
    }
    case 'bearer':
      return ['Authorization', `Bearer ${authentication.token}`];
    case 'signature':
    case 'none':
      return undefined;
  }
}

/** Whether requests are signed. Basic authentication and none leave signatures out where a format lets them. */
export function isSigned(format: WireFormat, authentication: WebhookAuthentication): boolean {
  if (format.alwaysSigned) return true;
  return authentication.type === 'signature' || authentication.type === 'bearer';
}
