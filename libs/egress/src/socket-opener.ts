import type { EgressPolicy } from '@schoolbell/destinations';
import type { ForwardProxy } from './forward-proxy.js';
import type { NameResolver } from './name-resolver.js';
import type { ProxyCheck } from './proxy-check.js';
import type { Reachability } from './reachability.js';
import type { SecureContexts } from './secure-contexts.js';

/** What is needed to open connections, the same for all connections of a sender. */
export interface SocketOpener {
  policy: EgressPolicy;
  names: NameResolver;
  reach: Reachability;
  contexts: SecureContexts;
  /** Where there is a proxy, everything goes this way. */
  way: ProxyWay | undefined;
}

export interface ProxyWay {
  proxy: ForwardProxy;
  check: ProxyCheck;
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
