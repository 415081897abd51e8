import { ApiError } from '../http/api-error.js';
import { networkOf } from './network-of.js';

const WINDOW_MS = 60_000;

/** Logins a minute from one address, and so for one e-mail address from there too; and from one known device. */
export const LOGINS_PER_MINUTE = 10;
/** Logins a minute for one e-mail address from everywhere: more than people make, and too few to guess by. */
export const LOGINS_PER_EMAIL = 100;

/** Beyond this many within a minute, those that are over are forgotten first, and then all. */
const MAX_COUNTED = 100_000;

/** Somebody who tries to sign in. */
export interface LoginTrial {
  /** In lower case. */
  email: string;
  /** IP address. */
  address: string;
  /** Id of a device on which this user signed in before. */
  device: string | undefined;
}

/**
 * Bounds how often passwords can be guessed, in memory: each API process counts on its own. A known device is counted
 * by itself alone, so that nobody keeps its user out by failing for them.
 */
export class LoginLimiter {
  /** When each of the latest trials was. */
  readonly #trials = new Map<string, number[]>();

  /** @param now ms of any origin */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @throws ApiError `rate_limited` with `Retry-After`, in seconds */
  count({ email, address, device }: LoginTrial): void {
    if (device !== undefined) return this.#countAll([[`device ${device}`, LOGINS_PER_MINUTE]]);
    this.#countAll([
      [`address ${networkOf(address)}`, LOGINS_PER_MINUTE],
      [`email ${email}`, LOGINS_PER_EMAIL],
    ]);
  }

  /** Codes of a second factor are short: also who knows the password guesses few. @throws ApiError `rate_limited` */
  countCode(userId: string, device: string | undefined): void {
    this.#countAll([[`code ${userId} ${device ?? ''}`, LOGINS_PER_MINUTE]]);
  }

  /** One that is refused counts nowhere: whoever goes on trying gets in as soon as the first trials are a minute ago. */
  #countAll(limits: readonly (readonly [who: string, most: number])[]): void {
    const now = this.now();
    for (const [who, most] of limits) this.#refuseBeyond(who, most, now);
    if (this.#trials.size >= MAX_COUNTED) this.#forget(now);
    for (const [who] of limits) this.#trials.set(who, [...this.#recent(who, now), now]);
  }

  #refuseBeyond(who: string, most: number, now: number): void {
    const recent = this.#recent(who, now);
    if (recent.length < most) return;
    const seconds = Math.ceil((recent[0]! + WINDOW_MS - now) / 1000);
    throw new ApiError('rate_limited', undefined, {
      headers: { 'Retry-After': String(Math.max(1, seconds)) },
    });
  }

  #recent(who: string, now: number): number[] {
    return (this.#trials.get(who) ?? []).filter((at) => at > now - WINDOW_MS);
  }

  #forget(now: number): void {
    for (const who of this.#trials.keys()) {
      if (this.#recent(who, now).length === 0) this.#trials.delete(who);
    }
    if (this.#trials.size >= MAX_COUNTED) this.#trials.clear();
  }
}
