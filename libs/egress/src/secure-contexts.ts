import { createSecureContext, type SecureContext } from 'node:tls';
import type { TlsIdentity } from '@schoolbell/delivery';
import { LRUCache } from 'lru-cache';
import { ConnectError } from './connect-error.js';

/** 40 KB each, and up to 200 KB with many authorities. */
const MOST_KEPT = 500;

/** What TLS shows and trusts, by identity: made once, since that costs half a millisecond. */
export class SecureContexts {
  /** For requests without an identity, and for the proxy. */
  readonly own: SecureContext;
  /** By the id of their identity. */
  private readonly kept = new LRUCache<string, SecureContext>({ max: MOST_KEPT });

  /** @param ca PEM of all authorities that are trusted; by default the public ones */
  constructor(private readonly ca?: string[]) {
    this.own = createSecureContext({ ca });
  }

  /** @throws ConnectError when what is stored cannot be used */
  of(identity: TlsIdentity | undefined): SecureContext {
    if (!identity) return this.own;
    const context = this.kept.get(identity.id) ?? contextOf(identity, this.ca);
    this.kept.set(identity.id, context);
    return context;
  }
}

function contextOf({ client, ca }: TlsIdentity, trusted: string[] | undefined): SecureContext {
  const { certificate, key } = client ?? {};
  try {
    // An authority that a customer names is trusted, whether it is a root or not.
    const allowPartialTrustChain = ca !== undefined;
    return createSecureContext({
      cert: certificate,
      key,
      ca: ca ?? trusted,
      allowPartialTrustChain,
    });
  } catch (error) {
    throw new ConnectError('identity', error);
  }
}
