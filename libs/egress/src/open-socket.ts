import { isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { TlsIdentity } from '@schoolbell/delivery';
import { connectDirectly } from './connect-directly.js';
import { openTunnel } from './open-tunnel.js';
import type { ConnectTimings, SocketOpener } from './socket-opener.js';
import type { Target } from './target.js';
import { untilSettled } from './until-settled.js';

/**
 * Opens a connection to a target that the policy allows, directly or through the proxy.
 *
 * @param timings filled in step by step, so that a deadline in the middle still shows what was reached
 * @param signal ends the opening at any step; no socket is left behind
 * @throws ConnectError
 */
export async function openSocket(
  opener: SocketOpener,
  target: Target,
  identity: TlsIdentity | undefined,
  timings: ConnectTimings,
  signal: AbortSignal,
): Promise<Socket> {
  // Before connecting: a certificate that cannot be used must leave no socket behind.
  const secureContext = opener.contexts.of(identity);
  const socket = opener.way
    ? await openTunnel(opener, opener.way, target, timings, signal)
    : await connectDirectly(opener, target, timings, signal);
  if (!target.secure) return socket;

  const shaking = performance.now();
  const secured = connectTls({
    socket,
    secureContext,
    host: target.host,
    // SNI carries names only (RFC 6066); otherwise the certificate is compared with `host`.
    servername: isIP(target.host) === 0 ? target.host : '',
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: true,
  });
  await untilSettled(secured, 'secureConnect', 'tls', signal);
  timings.tlsMs = performance.now() - shaking;
  return secured;
}
