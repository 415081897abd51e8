import { Injectable } from '@nestjs/common';
import { networkOf } from '../auth/network-of.js';
import { TrialCounter } from '../http/trial-counter.js';

/** Trials a minute of one address, and of one user who proves who it is. */
const TRIALS_PER_MINUTE = 10;
/** Users that one user or key may add in a minute: each costs a hash or an e-mail. */
const NEW_USERS_PER_MINUTE = 60;

/** Bounds how often links are tried and asked for, and how often users can guess their own secrets. */
@Injectable()
export class AccountLimiter {
  private readonly counter = new TrialCounter();

  /** Somebody comes by a link. @throws ApiError `rate_limited` */
  countLink(address: string): void {
    this.counter.count([[`link ${networkOf(address)}`, TRIALS_PER_MINUTE]]);
  }

  /**
   * Somebody asks for a link. Not counted by e-mail address: that would let anybody keep others from asking, and a
   * mailbox gets few links at a time as it is.
   *
   * @throws ApiError `rate_limited`
   */
  countForgotten(address: string): void {
    this.counter.count([[`forgotten ${networkOf(address)}`, TRIALS_PER_MINUTE]]);
  }

  /** Somebody adds a user. @param principalId UUID of the user or key who does @throws ApiError `rate_limited` */
  countNewUser(principalId: string): void {
    this.counter.count([[`new user by ${principalId}`, NEW_USERS_PER_MINUTE]]);
  }

  /** A user types a password or code once more. @param userId UUID @throws ApiError `rate_limited` */
  countProof(userId: string): void {
    this.counter.count([[`proof ${userId}`, TRIALS_PER_MINUTE]]);
  }
}
