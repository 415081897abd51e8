import { connect, isIP, type Socket } from 'node:net';
import type { EgressPolicy } from '@schoolbell/destinations';
import { blockedAddress, ConnectError } from './connect-error.js';
import { isOurFailure } from './judge-unreached.js';
import type { ConnectTimings, SocketOpener } from './socket-opener.js';
import type { Target } from './target.js';
import { tcpOptions } from './tcp-options.js';
import { reset, untilSettled } from './until-settled.js';

/**
 * Connects to a target, and only to an address that the policy allows: every address of the name is judged, only
 * allowed ones are tried, and the one that answered is judged once more.
 *
 * @throws ConnectError
 */
export async function connectDirectly(
  opener: SocketOpener,
  target: Target,
  timings: ConnectTimings,
  signal: AbortSignal,
): Promise<Socket> {
  const addresses = await allowedAddresses(opener, target, timings);
  if (signal.aborted) throw new ConnectError('connect', signal.reason);

  const connecting = performance.now();
  const socket = connect(tcpOptions(target, addresses));
  await untilSettled(socket, 'connect', 'connect', signal).catch(
    async ({ cause }: ConnectError) => {
      const ours = await isOurFailure(opener.reach, addresses[0]!, connecting, cause);
      throw new ConnectError('connect', cause, ours);
    },
  );
  opener.reach.reached(addresses[0]!);
  timings.connectMs = performance.now() - connecting;
  assertAllowedPeer(opener.policy, socket);
  return socket;
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
  if (allowed.length === 0) throw blockedAddress(target.host, addresses);
  timings.address = allowed[0]!;
  return allowed;
}

function assertAllowedPeer(policy: EgressPolicy, socket: Socket): void {
  const peer = socket.remoteAddress;
  if (peer !== undefined && policy.allowsAddress(peer)) return;
  socket.destroy();
  // Without an address, the other side has already closed.
  if (peer === undefined) throw new ConnectError('connect', reset('closed at once'));
  throw blockedAddress('socket.remoteAddress', [peer]);
}
