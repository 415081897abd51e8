import { Connection, type ConnectionLimits } from './connection.js';
import { CutUrls } from './cut-urls.js';
import type { SocketOpener } from './open-socket.js';
import type { Target } from './target.js';

export interface PoolLimits extends ConnectionLimits {
  /** Idle connections kept open over all origins; the one that is idle longest goes first. */
  maxIdle: number;
  /** An older connection is not used again, so that a change of DNS is followed. Milliseconds. */
  maxAgeMs: number;
}

/**
 * Keeps connections open between requests. Busy ones are bounded by whoever sends (a dispatcher caps what it
 * has in flight), idle ones here.
 */
export class ConnectionPool {
  /** What is sent to these takes no idle connection and leaves none. */
  readonly cut = new CutUrls();
  /** Per origin, the last used at the end: it is the likeliest to be open still. */
  private readonly idleByOrigin = new Map<string, Connection[]>();
  /** Over all origins, idle longest first. */
  private readonly idle = new Set<Connection>();

  constructor(
    readonly opener: SocketOpener,
    private readonly limits: PoolLimits,
  ) {}

  /** An idle connection to the target's origin, or a new one. */
  take(target: Target): Connection {
    const waiting = this.idleByOrigin.get(target.origin) ?? [];
    for (let connection = waiting.pop(); connection; connection = waiting.pop()) {
      this.forget(connection, waiting);
      if (this.reusable(connection)) return connection;
      connection.destroy();
    }
    return this.open(target);
  }

  open(target: Target): Connection {
    return new Connection(target, this.opener, this.limits, this.lost);
  }

  /** Gives back a connection whose request ended well. */
  release(connection: Connection): void {
    if (!this.reusable(connection)) {
      connection.destroy();
      return;
    }
    const { origin } = connection.target;
    const waiting = this.idleByOrigin.get(origin);
    if (waiting) waiting.push(connection);
    else this.idleByOrigin.set(origin, [connection]);
    this.idle.add(connection);
    if (this.idle.size > this.limits.maxIdle) this.evictOldest();
  }

  close(): void {
    for (const connection of this.idle) connection.destroy();
    this.idle.clear();
    this.idleByOrigin.clear();
  }

  private reusable(connection: Connection): boolean {
    return connection.alive && performance.now() - connection.openedAt < this.limits.maxAgeMs;
  }

  private evictOldest(): void {
    const [oldest] = this.idle;
    if (oldest) this.lost(oldest);
  }

  /** A busy connection that is lost belongs to its request, which hears of it from undici. */
  private readonly lost = (connection: Connection): void => {
    if (!this.idle.has(connection)) return;
    const waiting = this.idleByOrigin.get(connection.target.origin)!;
    waiting.splice(waiting.indexOf(connection), 1);
    this.forget(connection, waiting);
    connection.destroy();
  };

  private forget(connection: Connection, waiting: Connection[]): void {
    this.idle.delete(connection);
    if (waiting.length === 0) this.idleByOrigin.delete(connection.target.origin);
  }
}
