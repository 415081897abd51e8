import { once } from 'node:events';
import { createServer } from 'node:net';
import { OperatorError } from '@schoolbell/process';

const EVERY_INTERFACE = new Set(['0.0.0.0', '::', '[::]']);

/** The URL at which this machine reaches an API that listens on `host` and `port`. */
export function apiUrlOf(host: string, port: number): string {
  const reachable = EVERY_INTERFACE.has(host) ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

/**
 * Reports early, and in words, that the API will not be able to listen.
 *
 * @throws OperatorError `port_unavailable`
 */
export async function requireFreePort(host: string, port: number): Promise<void> {
  const server = createServer().listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new OperatorError('port_unavailable', whyNot(error, host, port), { cause: error });
  }
  server.close();
  await once(server, 'close');
}

function whyNot(error: unknown, host: string, port: number): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return `Port ${port} of ${host} is in use. Stop what listens there, or set PORT to another.`;
  }
  if (code === 'EACCES') {
    return `Port ${port} needs more rights than this user has. Set PORT to one above 1023.`;
  }
  return `HOST=${host} and PORT=${port} cannot be listened on: ${message}.`;
}
