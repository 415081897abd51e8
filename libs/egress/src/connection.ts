import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { TlsIdentity } from '@schoolbell/delivery';
import { Client, type Dispatcher } from 'undici';
import { ConnectError } from './connect-error.js';
import { InterimFilter } from './interim-filter.js';
import { openSocket } from './open-socket.js';
import type { ConnectTimings, SocketOpener } from './socket-opener.js';
import type { Target } from './target.js';
import { reset } from './until-settled.js';

export interface ConnectionLimits {
  /** An idle connection is closed after this, unless the receiver names another time. Milliseconds. */
  keepAliveMs: number;
  /** Of all names and values of one response's headers. Bytes. */
  maxHeaderBytes: number;
}

/** A receiver's `Keep-Alive: timeout=` counts up to this. Milliseconds. */
const MAX_KEEP_ALIVE_MS = 60_000;
/** Taken off a receiver's `Keep-Alive: timeout=`, so that we close before it does. Milliseconds. */
const KEEP_ALIVE_MARGIN_MS = 1000;

const ignore = () => {};

/**
 * One connection to one origin, carrying one request at a time.
 *
 * It is an undici `Client` with our connector. undici's pools stand between a request and its connection: with a
 * client of its own, a request knows whether its connection was reused and how long each step of opening it took, and
 * a deadline while connecting ends exactly that connection.
 */
export class Connection {
  readonly openedAt = performance.now();
  /** Times of the connection opened for the current request; `undefined` while it runs on a reused one. */
  timings: ConnectTimings | undefined;
  private lastOpening: ConnectTimings | undefined;
  private readonly client: Client;
  private readonly opening = new AbortController();
  private readonly filter = new InterimFilter();
  private socket: Socket | undefined;

  constructor(
    readonly target: Target,
    private readonly identity: TlsIdentity | undefined,
    private readonly opener: SocketOpener,
    limits: ConnectionLimits,
    onLost: (connection: Connection) => void,
  ) {
    this.client = new Client(target.origin, {
      connect: (_options, callback) => void this.open(callback),
      allowH2: false,
      pipelining: 1,
      // The caller has one deadline over everything.
      headersTimeout: 0,
      bodyTimeout: 0,
      connectTimeout: 0,
      keepAliveTimeout: limits.keepAliveMs,
      keepAliveMaxTimeout: MAX_KEEP_ALIVE_MS,
      keepAliveTimeoutThreshold: KEEP_ALIVE_MARGIN_MS,
      maxHeaderSize: limits.maxHeaderBytes,
    });
    const events: EventEmitter = this.client;
    events.on('error', ignore);
    events.on('disconnect', () => onLost(this));
  }

  /** Requests with the same key may share it: those to its origin with its identity. */
  get key(): string {
    return connectionKey(this.target, this.identity);
  }

  /** Whether another request can be sent on it. */
  get alive(): boolean {
    return this.socket !== undefined && !this.socket.destroyed;
  }

  /** Where it leads; `null` until the name is resolved. */
  get address(): string | null {
    return this.lastOpening?.address ?? null;
  }

  /** Whether no byte has come back since the request was written. */
  get silent(): boolean {
    return this.filter.silent;
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.timings = undefined;
    this.client.dispatch(options, handler);
  }

  /** The request is about to be written: what comes from now on is the answer to it. */
  awaitAnswer(): void {
    this.filter.begin();
  }

  /** Closes it at once, in whatever state it is. */
  destroy(): void {
    this.opening.abort();
    this.client.destroy(null, ignore);
  }

  /**
   * undici calls this once for a new connection, and again when an idle one turned out to be closed before the
   * request was written. A second opening for the same request is refused, because a receiver that closes at once
   * could make it go on for ever.
   */
  private async open(callback: (...args: [null, Socket] | [Error, null]) => void): Promise<void> {
    if (this.timings) {
      callback(new ConnectError('connect', closedAtOnce()), null);
      return;
    }
    this.timings = { address: null, dnsMs: null, connectMs: null, tlsMs: null };
    this.lastOpening = this.timings;
    try {
      this.socket = await openSocket(
        this.opener,
        this.target,
        this.identity,
        this.timings,
        this.opening.signal,
      );
    } catch (error) {
      callback(error as Error, null);
      return;
    }
    if (this.alive) callback(null, readThrough(this.filter, this.socket));
    else callback(new ConnectError('connect', closedAtOnce()), null);
  }
}

/** undici takes bytes with `read`; what the filter refuses ends the connection. */
function readThrough(filter: InterimFilter, socket: Socket): Socket {
  const read = socket.read.bind(socket);
  socket.read = (size?: number): Buffer | null => {
    for (let chunk: Buffer | null = read(size); chunk !== null; chunk = read(size)) {
      try {
        const passed = filter.pass(chunk);
        if (passed.length > 0) return passed;
      } catch (error) {
        socket.destroy(error as Error);
        return null;
      }
    }
    return null;
  };
  return socket;
}

function closedAtOnce(): Error {
  return reset('closed as soon as it was open');
}

export function connectionKey({ origin }: Target, identity: TlsIdentity | undefined): string {
  return identity ? `${origin} ${identity.id}` : origin;
}
