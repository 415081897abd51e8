import { TrialCounter } from '../http/trial-counter.js';
import { networkOf } from './network-of.js';

/** Logins per minute from one address, whatever the e-mail addresses; and from one known device. */
export const LOGINS_PER_MINUTE = 10;
/** Logins per minute for one e-mail address from everywhere: more than people make, and too few to guess a password. */
export const LOGINS_PER_EMAIL = 100;

/** An attempt to sign in. */
interface LoginTrial {
  /** In lower case. */
  email: string;
  /** IP address. */
  address: string;
  /** Id of a device on which this user has signed in since their last change of password. */
  device: string | undefined;
}

/**
 * Bounds how often passwords can be guessed, in memory: each API process counts on its own. A known device has a count
 * of its own, so that nobody can lock its user out by failing for them.
 */
export class LoginLimiter {
  private readonly trials: TrialCounter;

  /** @param now ms of any origin */
  constructor(now?: () => number) {
    this.trials = new TrialCounter(now);
  }

  /** @throws ApiError `rate_limited` with `Retry-After`, in seconds */
  count({ email, address, device }: LoginTrial): void {
    if (device !== undefined) return this.trials.count([[`device ${device}`, LOGINS_PER_MINUTE]]);
    this.trials.count([
      [`address ${networkOf(address)}`, LOGINS_PER_MINUTE],
      [`email ${email}`, LOGINS_PER_EMAIL],
    ]);
  }

  /**
   * Codes of a second factor are short: whoever knows the password gets few guesses, on however many devices.
   *
   * @throws ApiError `rate_limited`
   */
  countCode(userId: string): void {
    this.trials.count([[`code ${userId}`, LOGINS_PER_MINUTE]]);
  }
}
