import type { LaunchOrigin, ScormIntake } from '@schoolbell/delivery';
import { LRUCache } from 'lru-cache';

const MOST_REMEMBERED = 50_000;

/**
 * Finds the launch of a token. A launch's tenant and origin never change; whether the token is still valid is checked
 * with each commit. An unknown token is looked up each time: another process may have opened its launch a moment ago.
 */
export class LaunchDirectory {
  /** Limited by size: `max` would allocate the room for all entries at the start. */
  private readonly seen = new LRUCache<string, LaunchOrigin>({
    maxSize: MOST_REMEMBERED,
    sizeCalculation: () => 1,
  });

  constructor(private readonly intake: Pick<ScormIntake, 'originOf'>) {}

  /** The launch of a token that was used lately; no I/O. */
  known(tokenHash: Buffer): LaunchOrigin | undefined {
    return this.seen.get(keyOf(tokenHash));
  }

  /** Looks up a token that is not {@link known}. @returns `undefined` for an unknown or expired token */
  async find(tokenHash: Buffer): Promise<LaunchOrigin | undefined> {
    const found = await this.intake.originOf(tokenHash);
    if (found) this.remember(tokenHash, found);
    return found;
  }

  remember(tokenHash: Buffer, launch: LaunchOrigin): void {
    this.seen.set(keyOf(tokenHash), launch);
  }

  /** Call it for a token that turned out to have ended. */
  forget(tokenHash: Buffer): void {
    this.seen.delete(keyOf(tokenHash));
  }
}

function keyOf(tokenHash: Buffer): string {
  return tokenHash.toString('base64');
}
