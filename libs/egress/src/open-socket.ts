import { connect as connectTcp, isIP, type Socket, type TcpNetConnectOpts } from 'node:net';
import { connect as connectTls, type SecureContext } from 'node:tls';
import type { EgressPolicy } from '@schoolbell/delivery';
import { ConnectError, type ConnectStep } from './connect-error.js';
import { isOurFailure } from './judge-unreached.js';
import type { NameResolver } from './name-resolver.js';
import type { Reachability } from './reachability.js';
import type { Target } from './target.js';

/** Milliseconds of the steps of opening a connection; `null` for one that did not happen or not end. */
export interface ConnectTimings {
  /** The first address that is tried; `null` until the name is resolved. */
  address: string | null;
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
}

export interface SocketOpener {
  policy: EgressPolicy;
  names: NameResolver;
  reach: Reachability;
  /** Made once: building one per connection costs milliseconds. */
  secureContext: SecureContext;
}

/**
 * Opens a connection to a target, and only to an address that the policy allows: every address of the name
 * is judged, only allowed ones are tried, and the one that answered is judged once more.
 *
 * @param timings filled in step by step, so that a deadline in the middle still shows what was reached
 * @param signal ends the opening at any step; no socket is left behind
 * @throws ConnectError
 */
export async function openSocket(
  opener: SocketOpener,
  target: Target,
  timings: ConnectTimings,
  signal: AbortSignal,
): Promise<Socket> {
  const addresses = await allowedAddresses(opener, target, timings);
  if (signal.aborted) throw new ConnectError('connect', signal.reason);

  const connecting = performance.now();
  const socket = connectTcp(tcpOptions(target, addresses));
  await settled(socket, 'connect', 'connect', signal).catch(async ({ cause }: ConnectError) => {
    const ours = await isOurFailure(opener.reach, addresses[0]!, connecting, cause);
    throw new ConnectError('connect', cause, ours);
  });
  opener.reach.reached(addresses[0]!);
  timings.connectMs = performance.now() - connecting;
  assertAllowedPeer(opener.policy, socket);
  if (!target.secure) return socket;

  const shaking = performance.now();
  const secured = connectTls({
    socket,
    secureContext: opener.secureContext,
    host: target.host,
    // SNI carries names only (RFC 6066); the certificate is held against `host` then.
    servername: isIP(target.host) === 0 ? target.host : '',
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: true,
  });
  await settled(secured, 'secureConnect', 'tls', signal);
  timings.tlsMs = performance.now() - shaking;
  return secured;
}

async function allowedAddresses(
  opener: SocketOpener,
  target: Target,
  timings: ConnectTimings,
): Promise<string[]> {
  const asking = performance.now();
  const addresses = await opener.names.addressesOf(target.host);
  if (isIP(target.host) === 0) timings.dnsMs = performance.now() - asking;
  const allowed = addresses.filter((address) => opener.policy.allowsAddress(address));
  if (allowed.length === 0) throw blocked(target.host, addresses);
  timings.address = allowed[0]!;
  return allowed;
}

/** Node tries several addresses in turn (RFC 8305); the lookup hands it only the allowed ones. */
function tcpOptions(target: Target, addresses: string[]): TcpNetConnectOpts {
  const options = { port: target.port, noDelay: true };
  if (addresses.length === 1) return { ...options, host: addresses[0]! };
  const answer = addresses.map((address) => ({ address, family: isIP(address) }));
  return {
    ...options,
    host: target.host,
    autoSelectFamily: true,
    lookup: (_host, _options, callback) => callback(null, answer),
  };
}

function assertAllowedPeer(policy: EgressPolicy, socket: Socket): void {
  const peer = socket.remoteAddress;
  if (peer !== undefined && policy.allowsAddress(peer)) return;
  socket.destroy();
  // Without an address the other side is gone already.
  if (peer === undefined) throw new ConnectError('connect', reset('closed at once'));
  throw blocked('socket.remoteAddress', [peer]);
}

function blocked(host: string, addresses: string[]): ConnectError {
  return new ConnectError('address', new Error(`${host} is ${addresses.join(', ')}`));
}

/** Waits for the event that ends a step; on anything else the socket is destroyed. */
function settled(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  step: ConnectStep,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      reject(new ConnectError(step, cause));
    };
    const onAbort = () => fail(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    // The listener for errors stays: one that comes before undici listens would end the whole program.
    socket.on('error', fail);
    socket.once('close', () => fail(reset('closed')));
    socket.once(event, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
  });
}

function reset(message: string): Error {
  return Object.assign(new Error(message), { code: 'ECONNRESET' });
}
