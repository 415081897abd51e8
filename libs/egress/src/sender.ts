import { getCACertificates } from 'node:tls';
import type { AttemptError, OutgoingRequest, Sender, SendResult } from '@schoolbell/delivery';
import type { EgressPolicy, UrlFault } from '@schoolbell/destinations';
import { ConnectionPool } from './connection-pool.js';
import { ForwardProxy } from './forward-proxy.js';
import { NameResolver } from './name-resolver.js';
import type { NameServerSource } from './name-servers.js';
import { ProxyCheck } from './proxy-check.js';
import { Reachability } from './reachability.js';
import { SecureContexts } from './secure-contexts.js';
import { Sending } from './sending.js';
import type { ProxyWay } from './socket-opener.js';
import { TargetReader } from './target.js';

export interface SenderOptions {
  /** What may be connected to. */
  policy: EgressPolicy;
  /** Certificates (PEM) of authorities that are trusted beside the public ones. */
  ca?: string | readonly string[];
  /** `http://` or `https://`, with `user:password@` where it asks for it: everything goes through it. */
  proxy?: string | undefined;
  /** An idle connection is closed after this, unless the receiver names another time. Default 4000. */
  keepAliveMs?: number;
  /** Idle connections kept open over all origins. Default 1000. */
  maxIdleConnections?: number;
  /** Default: those of the system, also after they change. */
  nameServers?: NameServerSource;
}

/** Below the 5 s after which many servers close without saying so. */
const DEFAULT_KEEP_ALIVE_MS = 4000;
const DEFAULT_MAX_IDLE_CONNECTIONS = 1000;
const MAX_CONNECTION_AGE_MS = 5 * 60_000;
const MAX_RESPONSE_HEADER_BYTES = 16 * 1024;

const CLOSING: AttemptError = {
  code: 'interrupted',
  message: 'The attempt was cut off by a restart of Schoolbell.',
  ours: true,
};

/** Makes the only way out: every request to a customer's receiver goes through it. */
export function createSender(options: SenderOptions): Sender {
  return new GuardedSender(options);
}

class GuardedSender implements Sender {
  private readonly targets: TargetReader;
  private readonly names: NameResolver;
  private readonly pool: ConnectionPool;
  private readonly inFlight = new Set<Sending>();
  private closed = false;

  constructor({ policy, ca, proxy, keepAliveMs, maxIdleConnections, nameServers }: SenderOptions) {
    this.targets = new TargetReader(policy);
    this.names = new NameResolver(nameServers);
    const reach = new Reachability(
      () => this.inFlight,
      () => performance.now(),
    );
    const contexts = new SecureContexts(trustedWith(ca));
    this.pool = new ConnectionPool(
      {
        policy,
        names: this.names,
        reach,
        contexts,
        way: proxy === undefined ? undefined : this.wayThrough(new ForwardProxy(proxy), contexts),
      },
      {
        keepAliveMs: keepAliveMs ?? DEFAULT_KEEP_ALIVE_MS,
        maxIdle: maxIdleConnections ?? DEFAULT_MAX_IDLE_CONNECTIONS,
        maxAgeMs: MAX_CONNECTION_AGE_MS,
        maxHeaderBytes: MAX_RESPONSE_HEADER_BYTES,
      },
    );
  }

  private wayThrough(proxy: ForwardProxy, contexts: SecureContexts): ProxyWay {
    return { proxy, check: new ProxyCheck({ names: this.names, contexts }, proxy) };
  }

  send(request: OutgoingRequest): Promise<SendResult> {
    if (this.closed) return Promise.resolve(failedBefore(CLOSING));
    const check = this.targets.read(request.url);
    if (!check.ok) return Promise.resolve(failedBefore(refusal(check)));
    return new Promise((resolve) => {
      const sending = new Sending(this.pool, check.target, request, (ended, result) => {
        this.inFlight.delete(ended);
        resolve(result);
      });
      this.inFlight.add(sending);
      sending.start();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const sending of this.inFlight) sending.abort(CLOSING);
    this.pool.close();
    this.names.close();
  }
}

/** A URL that was fine at registration can be refused later, when the operator changed the rules. */
function refusal(fault: UrlFault): AttemptError {
  const code = fault.code === 'url_address' ? 'blocked_address' : 'unsendable';
  return { code, message: fault.message, internal: fault.code };
}

function failedBefore(error: AttemptError): SendResult {
  const timings = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 0 };
  return { kind: 'failed', error, timings };
}

function trustedWith(ca: SenderOptions['ca']): string[] | undefined {
  return ca === undefined ? undefined : [...getCACertificates('default'), ...[ca].flat()];
}
