import { Injectable } from '@nestjs/common';
import { networkOf } from '../auth/network-of.js';
import { TrialCounter } from '../http/trial-counter.js';

/** Trials per minute, from one address or for one user who proves their identity. */
const TRIALS_PER_MINUTE = 10;
/** Users that one user or key may add per minute: each costs a hash or an e-mail. */
const NEW_USERS_PER_MINUTE = 60;

/** Bounds how often links are tried and requested, and how often users can guess their own secrets. */
@Injectable()
export class AccountLimiter {
  private readonly counter = new TrialCounter();

  /** Counts a link that is tried. @throws ApiError `rate_limited` */
  countLink(address: string): void {
    this.counter.count([[`link ${networkOf(address)}`, TRIALS_PER_MINUTE]]);
  }

  /**
   * Counts a request for a link. Not by e-mail address: that would let anybody stop others from requesting one, and a
   * mailbox gets few links at a time anyway.
   *
   * @throws ApiError `rate_limited`
   */
  countForgotten(address: string): void {
    this.counter.count([[`forgotten ${networkOf(address)}`, TRIALS_PER_MINUTE]]);
  }

  /** Counts a new user. @param principalId UUID of the user or key that adds it @throws ApiError `rate_limited` */
  countNewUser(principalId: string): void {
    this.counter.count([[`new user by ${principalId}`, NEW_USERS_PER_MINUTE]]);
  }

  /** Counts a password or code that a user types once more. @param userId UUID @throws ApiError `rate_limited` */
  countProof(userId: string): void {
    this.counter.count([[`proof ${userId}`, TRIALS_PER_MINUTE]]);
  }
}
