import type { LaunchOrigin, ScormIntake } from '@schoolbell/delivery';

/** Launches remembered twice over: those seen lately, and those before. */
const GENERATION_SIZE = 50_000;

/**
 * Knows whose token it is. Neither its tenant nor its origin ever changes; whether the token still holds is asked with
 * each commit. An unknown one is asked for each time: another process may have opened its launch a moment ago.
 */
export class LaunchDirectory {
  private young = new Map<string, LaunchOrigin>();
  private old = new Map<string, LaunchOrigin>();

  constructor(private readonly intake: Pick<ScormIntake, 'originOf'>) {}

  /** The launch of a token that was seen lately; no I/O. */
  known(tokenHash: Buffer): LaunchOrigin | undefined {
    const key = keyOf(tokenHash);
    const young = this.young.get(key);
    if (young) return young;
    const old = this.old.get(key);
    if (old) this.remember(tokenHash, old);
    return old;
  }

  /** Asks for one that is not {@link known}. @returns `undefined` for an unknown or expired token */
  async find(tokenHash: Buffer): Promise<LaunchOrigin | undefined> {
    const found = await this.intake.originOf(tokenHash);
    if (found) this.remember(tokenHash, found);
    return found;
  }

  remember(tokenHash: Buffer, launch: LaunchOrigin): void {
    if (this.young.size >= GENERATION_SIZE) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(keyOf(tokenHash), launch);
  }

  /** Of a token that turned out to have ended. */
  forget(tokenHash: Buffer): void {
    const key = keyOf(tokenHash);
    this.young.delete(key);
    this.old.delete(key);
  }
}

function keyOf(tokenHash: Buffer): string {
  return tokenHash.toString('base64');
}
