import { request as httpRequest } from 'node:http';
import { isIP, isIPv6, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { blockedAddress, ConnectError } from './connect-error.js';
import { connectToProxy } from './connect-to-proxy.js';
import type { ForwardProxy } from './forward-proxy.js';
import type { ConnectTimings, SocketOpener } from './socket-opener.js';
import type { Target } from './target.js';
import { within } from './within.js';

/** For so long a lookup of our own is waited for; then the proxy looks up alone. Milliseconds. */
const LOOKUP_MS = 1000;
/** The same while our name servers fail, or there are none. Milliseconds. */
const LOOKUP_WHILE_DOWN_MS = 50;
/** For so long a refusal waits for a tunnel that the proxy opens for somebody else. Milliseconds. */
const EVIDENCE_MS = 500;
const PROXY_AUTHENTICATION_REQUIRED = 407;

/**
 * Opens a tunnel to a target with CONNECT. The name goes to the proxy, which looks it up for itself; where it
 * resolves here too, none of its addresses may be one that is not sent to.
 *
 * @throws ConnectError
 */
export async function openTunnel(
  opener: SocketOpener,
  proxy: ForwardProxy,
  target: Target,
  timings: ConnectTimings,
  signal: AbortSignal,
): Promise<Socket> {
  await assertNothingForbidden(opener, target, timings);
  const connecting = performance.now();
  const socket = await connectToProxy(opener, proxy, signal);
  await askForTunnel(socket, proxy, target, signal).catch(async (cause: unknown) => {
    socket.destroy();
    throw new ConnectError('proxy', cause, await isProxysFailure(proxy, cause));
  });
  proxy.opened();
  timings.connectMs = performance.now() - connecting;
  return socket;
}

async function assertNothingForbidden(
  { names, policy }: SocketOpener,
  { host }: Target,
  timings: ConnectTimings,
): Promise<void> {
  const asking = performance.now();
  const unknown: string[] = [];
  const resolved = names.addressesOf(host).catch(() => unknown);
  const addresses = await within(names.down ? LOOKUP_WHILE_DOWN_MS : LOOKUP_MS, resolved, unknown);
  if (isIP(host) === 0 && addresses !== unknown) timings.dnsMs = performance.now() - asking;
  if (!addresses.every((address) => policy.allowsAddress(address)))
    throw blockedAddress(host, addresses);
}

/** The proxy answered, but opened no tunnel. */
class TunnelRefused extends Error {
  constructor(readonly status: number) {
    super(`the proxy answered ${status} to CONNECT`);
  }
}

/** @throws TunnelRefused, or what kept the proxy from answering */
function askForTunnel(
  socket: Socket,
  { headers }: ForwardProxy,
  { host, port }: Target,
  signal: AbortSignal,
): Promise<void> {
  const authority = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      method: 'CONNECT',
      path: authority,
      headers: { Host: authority, Connection: 'keep-alive', ...headers },
      createConnection: () => socket,
      signal,
    });
    request.once('connect', ({ statusCode = 0 }, _socket, head) => {
      if (statusCode < 200 || statusCode > 299) reject(new TunnelRefused(statusCode));
      // A receiver that speaks first has been read already.
      if (head.length > 0) socket.unshift(head);
      resolve();
    });
    request.once('error', reject);
    request.end();
  });
}

/**
 * Proxies refuse in the same ways what they cannot do, what they may not do and what is not there. It is the
 * target's failure when the proxy opens a tunnel for another meanwhile, and ours otherwise.
 */
async function isProxysFailure(proxy: ForwardProxy, cause: unknown): Promise<boolean> {
  if (cause instanceof TunnelRefused && cause.status === PROXY_AUTHENTICATION_REQUIRED) return true;
  const since = performance.now();
  await sleep(EVIDENCE_MS);
  return !proxy.hasOpenedSince(since);
}
