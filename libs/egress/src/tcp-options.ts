import { isIP, type TcpNetConnectOpts } from 'node:net';

/** Node tries several addresses in turn (RFC 8305); the lookup hands it only these. */
export function tcpOptions(
  { host, port }: { host: string; port: number },
  addresses: readonly string[],
): TcpNetConnectOpts {
  const options = { port, noDelay: true };
  if (addresses.length === 1) return { ...options, host: addresses[0]! };
  const answer = addresses.map((address) => ({ address, family: isIP(address) }));
  return {
    ...options,
    host,
    autoSelectFamily: true,
    lookup: (_host, _options, callback) => callback(null, answer),
  };
}
