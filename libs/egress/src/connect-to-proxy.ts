import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { ConnectError } from './connect-error.js';
import type { ForwardProxy } from './forward-proxy.js';
import type { NameResolver } from './name-resolver.js';
import type { SecureContexts } from './secure-contexts.js';
import { tcpOptions } from './tcp-options.js';
import { untilSettled } from './until-settled.js';

export interface ProxyMeans {
  names: NameResolver;
  contexts: SecureContexts;
}

/**
 * Connects to the proxy itself, which the operator chose: its address is not judged.
 *
 * @throws ConnectError always marked as our failure
 */
export async function connectToProxy(
  { names, contexts }: ProxyMeans,
  proxy: ForwardProxy,
  signal: AbortSignal,
): Promise<Socket> {
  try {
    const addresses = await names.addressesOf(proxy.host);
    signal.throwIfAborted();
    const socket = connectTcp(tcpOptions(proxy, addresses));
    await untilSettled(socket, 'connect', 'proxy', signal);
    if (!proxy.secure) return socket;
    const secured = connectTls({
      socket,
      secureContext: contexts.own,
      host: proxy.host,
      servername: isIP(proxy.host) === 0 ? proxy.host : '',
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: true,
    });
    await untilSettled(secured, 'secureConnect', 'proxy', signal);
    return secured;
  } catch (error) {
    throw new ConnectError('proxy', error instanceof ConnectError ? error.cause : error, true);
  }
}
