import { isIP, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { askForTunnel } from './ask-for-tunnel.js';
import { blockedAddress, ConnectError } from './connect-error.js';
import { connectToProxy } from './connect-to-proxy.js';
import type { ConnectTimings, ProxyWay, SocketOpener } from './socket-opener.js';
import type { Target } from './target.js';

/** How long to wait for our own lookup; then the proxy looks up alone. Milliseconds. */
const LOOKUP_MS = 1000;
/** The same while our name servers fail, or there are none. Milliseconds. */
const LOOKUP_WHILE_DOWN_MS = 50;
/** How often the proxy is checked while it does not answer. Milliseconds. */
const CHECK_EVERY_MS = 500;

/**
 * Opens a tunnel to a target with CONNECT. The proxy gets the name and looks it up itself; if the name also resolves
 * here, none of its addresses may be forbidden.
 *
 * @throws ConnectError
 */
export async function openTunnel(
  opener: SocketOpener,
  { proxy, check }: ProxyWay,
  target: Target,
  timings: ConnectTimings,
  signal: AbortSignal,
): Promise<Socket> {
  await assertNothingForbidden(opener, target, timings);
  const connecting = performance.now();
  const socket = await connectToProxy(opener, proxy, signal);
  // So that there is a verdict by the deadline.
  const checking = setInterval(() => void check.runUnlessBusy(target), CHECK_EVERY_MS);
  try {
    await askForTunnel(socket, proxy, target, signal);
  } catch (cause) {
    socket.destroy();
    throw new ConnectError('proxy', cause, await check.isOurs(target, cause));
  } finally {
    clearInterval(checking);
  }
  proxy.opened(target);
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
  const patienceMs = names.down ? LOOKUP_WHILE_DOWN_MS : LOOKUP_MS;
  const late = sleep(patienceMs, unknown, { ref: false });
  const addresses = await Promise.race([resolved, late]);
  if (isIP(host) === 0 && addresses !== unknown) timings.dnsMs = performance.now() - asking;
  if (!addresses.every((address) => policy.allowsAddress(address)))
    throw blockedAddress(host, addresses);
}
