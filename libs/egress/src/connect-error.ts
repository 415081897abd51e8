export type ConnectStep = 'dns' | 'address' | 'connect' | 'tls';

/**
 * A connection that could not be opened. Everything that fails on the way is wrapped in this, also because
 * undici opens the next connection by itself after errors whose codes it takes for its own.
 */
export class ConnectError extends Error {
  readonly code = 'CONNECT_FAILED';

  constructor(
    readonly step: ConnectStep,
    cause: unknown,
    /** Whether the failure is on our side, as far as the evidence goes. */
    readonly ours = false,
  ) {
    super(`could not connect (${step})`, { cause });
  }
}
