import type { ScormSession } from '@schoolbell/delivery';
import type { LockedAttempt } from './locked-attempt.js';

/** A launch of a locked attempt. */
export class LockedLaunch {
  private committed = false;
  private terminated = false;

  /**
   * @param number counted through the attempt from 1; 0 for one from before the attempt's state went
   * @param created what is stored of one that is new
   * @param isIdle whether its last commit is to be noted
   */
  constructor(
    readonly id: string,
    readonly attempt: LockedAttempt,
    readonly number: number,
    readonly session: ScormSession,
    readonly created?: CreatedLaunch,
    private readonly isIdle = true,
  ) {}

  /** Notes that a commit came. */
  touch(terminates: boolean): void {
    this.committed = true;
    this.terminated ||= terminates;
  }

  get wasCommitted(): boolean {
    return this.committed;
  }

  get wasTerminated(): boolean {
    return this.terminated;
  }

  /** Whether there is something to write of one that is stored already. */
  get isTouched(): boolean {
    return !this.created && (this.terminated || (this.committed && this.isIdle));
  }
}

/** What a new launch is stored with. */
interface CreatedLaunch {
  launchKey: string;
  tokenHash?: Buffer;
  origin?: string;
}
