import type { LaunchOrigin, ScormIntake } from '@schoolbell/delivery';
import { LRUCache } from 'lru-cache';

const MOST_REMEMBERED = 50_000;

/**
 * Knows whose token it is. Neither its tenant nor its origin ever changes; whether the token still holds is asked with
 * each commit. An unknown one is asked for each time: another process may have opened its launch a moment ago.
 */
export class LaunchDirectory {
  /** Counted by size: `max` would set the room for all of them aside at the start. */
  private readonly seen = new LRUCache<string, LaunchOrigin>({
    maxSize: MOST_REMEMBERED,
    sizeCalculation: () => 1,
  });

  constructor(private readonly intake: Pick<ScormIntake, 'originOf'>) {}

  /** The launch of a token that was seen lately; no I/O. */
  known(tokenHash: Buffer): LaunchOrigin | undefined {
    return this.seen.get(keyOf(tokenHash));
  }

  /** Asks for one that is not {@link known}. @returns `undefined` for an unknown or expired token */
  async find(tokenHash: Buffer): Promise<LaunchOrigin | undefined> {
    const found = await this.intake.originOf(tokenHash);
    if (found) this.remember(tokenHash, found);
    return found;
  }

  remember(tokenHash: Buffer, launch: LaunchOrigin): void {
    this.seen.set(keyOf(tokenHash), launch);
  }

  /** Of a token that turned out to have ended. */
  forget(tokenHash: Buffer): void {
    this.seen.delete(keyOf(tokenHash));
  }
}

function keyOf(tokenHash: Buffer): string {
  return tokenHash.toString('base64');
}
