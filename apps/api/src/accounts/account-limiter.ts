import { Injectable } from '@nestjs/common';
import { networkOf } from '../auth/network-of.js';
import { TrialCounter } from '../http/trial-counter.js';

/** Trials a minute of one address, of one e-mail address, and of one user who proves who it is. */
export const TRIALS_PER_MINUTE = 10;

/** Bounds how often links are tried and asked for, and how often users can guess their own secrets. */
@Injectable()
export class AccountLimiter {
  readonly #counter = new TrialCounter();

  /** Somebody comes by a link. @throws ApiError `rate_limited` */
  countLink(address: string): void {
    this.#counter.count([[`link ${networkOf(address)}`, TRIALS_PER_MINUTE]]);
  }

  /** Somebody asks for a link. @param email in lower case @throws ApiError `rate_limited` */
  countForgotten(address: string, email: string): void {
    this.#counter.count([
      [`forgotten ${networkOf(address)}`, TRIALS_PER_MINUTE],
      [`email ${email}`, TRIALS_PER_MINUTE],
    ]);
  }

  /** A user types a password or code once more. @param userId UUID @throws ApiError `rate_limited` */
  countProof(userId: string): void {
    this.#counter.count([[`proof ${userId}`, TRIALS_PER_MINUTE]]);
  }
}
