import type { TlsIdentity } from '@schoolbell/delivery';
import { Connection, connectionKey, type ConnectionLimits } from './connection.js';
import { CutUrls } from './cut-urls.js';
import type { SocketOpener } from './socket-opener.js';
import type { Target } from './target.js';

interface PoolLimits extends ConnectionLimits {
  /** Idle connections kept open over all origins; the one that is idle longest goes first. */
  maxIdle: number;
  /** An older connection is not used again, so that a change of DNS takes effect. Milliseconds. */
  maxAgeMs: number;
}

/**
 * Keeps connections open between requests. Busy ones are bounded by whoever sends (a dispatcher caps what it
 * has in flight), idle ones here.
 */
export class ConnectionPool {
  /** Requests to these URLs neither use an idle connection nor leave one. */
  readonly cut = new CutUrls();
  /** By their key, the last used at the end: it is the likeliest to be open still. */
  private readonly idleByKey = new Map<string, Connection[]>();
  /** Over all origins, idle longest first. */
  private readonly idle = new Set<Connection>();

  constructor(
    readonly opener: SocketOpener,
    private readonly limits: PoolLimits,
  ) {}

  /** An idle connection to the target's origin with the same identity, or a new one. */
  take(target: Target, identity: TlsIdentity | undefined): Connection {
    const waiting = this.idleByKey.get(connectionKey(target, identity)) ?? [];
    for (let connection = waiting.pop(); connection; connection = waiting.pop()) {
      this.forget(connection, waiting);
      if (this.reusable(connection)) return connection;
      connection.destroy();
    }
    return this.open(target, identity);
  }

  open(target: Target, identity: TlsIdentity | undefined): Connection {
    return new Connection(target, identity, this.opener, this.limits, this.lost);
  }

  /** Gives back a connection whose request ended well. */
  release(connection: Connection): void {
    if (!this.reusable(connection)) {
      connection.destroy();
      return;
    }
    const { key } = connection;
    const waiting = this.idleByKey.get(key);
    if (waiting) waiting.push(connection);
    else this.idleByKey.set(key, [connection]);
    this.idle.add(connection);
    if (this.idle.size > this.limits.maxIdle) this.evictOldest();
  }

  close(): void {
    for (const connection of this.idle) connection.destroy();
    this.idle.clear();
    this.idleByKey.clear();
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
    const waiting = this.idleByKey.get(connection.key)!;
    waiting.splice(waiting.indexOf(connection), 1);
    this.forget(connection, waiting);
    connection.destroy();
  };

  private forget(connection: Connection, waiting: Connection[]): void {
    this.idle.delete(connection);
    if (waiting.length === 0) this.idleByKey.delete(connection.key);
  }
}
