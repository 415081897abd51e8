import type { SessionState } from '@schoolbell/identity';
import type { UserRecord } from '../users/user-record.js';

/** Why a session ended. */
export type SessionEnd =
  | 'signed_out'
  /** Its user ended it from another session. */
  | 'ended_elsewhere'
  /** A refresh token came a second time. */
  | 'token_reused'
  | 'password_changed'
  | 'second_factor_enabled'
  /** By somebody who manages users. */
  | 'second_factor_reset'
  /** Its user opened as many others since as one may have. */
  | 'too_many'
  | 'role_changed'
  | 'user_removed';

/** A sign-in on one device. */
export interface SessionRecord extends SessionState {
  /** UUID. */
  id: string;
  userId: string;
  /** Null for a user of the platform. */
  tenantId: string | null;
  /** IP address at the last refresh. */
  address: string;
  userAgent: string;
  createdAt: Date;
  endReason: string | null;
}

/** Where a request for a session comes from. */
export interface Visit {
  /** IP address. */
  address: string;
  userAgent: string;
  requestId: string;
}

/** Whom the tokens of a session are given to. */
export type SessionUser = Pick<UserRecord, 'id' | 'tenantId' | 'email' | 'role'>;

/** Somebody who has shown who they are, with what it was checked by. */
export type CheckedUser = SessionUser &
  Pick<UserRecord, 'passwordHash' | 'passwordChangedAt' | 'totpConfirmedAt'>;
