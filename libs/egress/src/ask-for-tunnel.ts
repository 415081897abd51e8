import { request as httpRequest } from 'node:http';
import { isIPv6, type Socket } from 'node:net';
import type { ForwardProxy } from './forward-proxy.js';
import type { Target } from './target.js';

/** The proxy answered, but opened no tunnel. */
export class TunnelRefused extends Error {
  constructor(readonly status: number) {
    super(`the proxy answered ${status} to CONNECT`);
  }
}

/**
 * Asks the proxy at the other end of a socket to turn it into a tunnel.
 *
 * @throws TunnelRefused, or what kept the proxy from answering
 */
export function askForTunnel(
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
