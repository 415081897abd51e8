import type { Socket } from 'node:net';
import { ConnectError, type ConnectStep } from './connect-error.js';

/**
 * Waits for the event that ends a step of opening a connection; on anything else the socket is destroyed.
 *
 * @throws ConnectError
 */
export function untilSettled(
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
    // The listener for errors stays: an error that comes before undici listens would end the whole program.
    socket.on('error', fail);
    socket.once('close', () => fail(reset('closed')));
    socket.once(event, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
  });
}

export function reset(message: string): Error {
  return Object.assign(new Error(message), { code: 'ECONNRESET' });
}
