import type { EgressPolicy } from '@schoolbell/delivery';
import type { ForwardProxy } from './forward-proxy.js';
import type { NameResolver } from './name-resolver.js';
import type { Reachability } from './reachability.js';
import type { SecureContexts } from './secure-contexts.js';

/** What opening connections takes, the same for all of a sender. */
export interface SocketOpener {
  policy: EgressPolicy;
  names: NameResolver;
  reach: Reachability;
  contexts: SecureContexts;
  /** Through which everything goes, where there is one. */
  proxy: ForwardProxy | undefined;
}

/** Milliseconds of the steps of opening a connection; `null` for one that did not happen or not end. */
export interface ConnectTimings {
  /** The first address that is tried; `null` until the name is resolved, and behind a proxy. */
  address: string | null;
  dnsMs: number | null;
  /** Behind a proxy, until it has opened the tunnel. */
  connectMs: number | null;
  tlsMs: number | null;
}
