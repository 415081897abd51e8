import type { ConnectError } from './connect-error.js';
import { connectToProxy, type ProxyMeans } from './connect-to-proxy.js';
import type { ForwardProxy } from './forward-proxy.js';

/** A proxy that takes longer for a connection is as good as gone. Milliseconds. */
const PATIENCE_MS = 1000;

/** @returns why the proxy cannot be connected to now; `undefined` when it can */
export async function isGone(means: ProxyMeans, proxy: ForwardProxy): Promise<Error | undefined> {
  try {
    const socket = await connectToProxy(means, proxy, AbortSignal.timeout(PATIENCE_MS));
    socket.destroy();
    return undefined;
  } catch (error) {
    return (error as ConnectError).cause as Error;
  }
}
