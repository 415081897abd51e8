import type { ConnectError } from './connect-error.js';
import { connectToProxy } from './connect-to-proxy.js';
import type { ForwardProxy } from './forward-proxy.js';
import type { SocketOpener } from './socket-opener.js';

/** A proxy that takes longer for a connection is as good as gone. Milliseconds. */
const PATIENCE_MS = 1000;

/** @returns why the proxy cannot be connected to now; `undefined` when it can */
export async function isGone(
  opener: SocketOpener,
  proxy: ForwardProxy,
): Promise<Error | undefined> {
  try {
    const socket = await connectToProxy(opener, proxy, AbortSignal.timeout(PATIENCE_MS));
    socket.destroy();
    return undefined;
  } catch (error) {
    return (error as ConnectError).cause as Error;
  }
}
