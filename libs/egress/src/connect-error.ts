export type ConnectStep = 'identity' | 'dns' | 'address' | 'proxy' | 'connect' | 'tls';

/**
 * A connection that could not be opened. Every failure on the way is wrapped in this error, also because undici opens
 * another connection by itself after errors whose codes it takes for its own.
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

/** The host leads to addresses that may not be connected to; the addresses are for the operator's log. */
export function blockedAddress(host: string, addresses: readonly string[]): ConnectError {
  return new ConnectError('address', new Error(`${host} is ${addresses.join(', ')}`));
}
