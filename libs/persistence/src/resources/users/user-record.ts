import { PLATFORM_ROLES, TENANT_ROLES, type Actor, type Role } from '@schoolbell/identity';
import { toTypeId } from '@schoolbell/ids';
import type { User } from '../../generated/client.js';

/** Somebody who signs in, with what is stored of their password and second factor. */
export interface UserRecord {
  /** UUID. */
  id: string;
  /** Null for a user of the platform. */
  tenantId: string | null;
  /** In lower case. */
  email: string;
  name: string;
  role: Role;
  /** argon2id; null until the invitation is accepted. */
  passwordHash: string | null;
  passwordChangedAt: Date | null;
  /** Encrypted. */
  totpSecret: string | null;
  /** Null while the second factor is not in use. */
  totpConfirmedAt: Date | null;
  totpUsedStep: bigint | null;
  /** SHA-256 of those that are left. */
  recoveryCodes: string[];
  /** Wrong codes of the app since `totpFailuresSince`, of which those of 24 hours count. */
  totpFailures: number;
  totpFailuresSince: Date | null;
  lastLoginAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

const ROLES: readonly string[] = [...TENANT_ROLES, ...PLATFORM_ROLES];

/** @throws for a role that this version does not know */
export function toUserRecord(row: User): UserRecord {
  if (!ROLES.includes(row.role)) throw new Error(`The role ${row.role} is not known.`);
  return { ...row, role: row.role as Role };
}

/** Users are found by their address in whatever way it is written. */
export function normalizedEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** The user as the audit log names them. */
export function actorOfUser({
  id,
  email,
  tenantId,
}: Pick<UserRecord, 'id' | 'email' | 'tenantId'>): Actor {
  return { kind: tenantId === null ? 'platform' : 'user', id: toTypeId('user', id), name: email };
}
