import { randomBytes } from 'node:crypto';
import { uuidV7 } from '@schoolbell/ids';

/** Hexadecimal digits at the end of a lease's id: who holds the lease. */
export const LEASE_HOLDER_DIGITS = 12;

/** A name for one run of a dispatcher that no other run has, of {@link LEASE_HOLDER_DIGITS} digits. */
export function newLeaseHolder(): string {
  return randomBytes(LEASE_HOLDER_DIGITS / 2).toString('hex');
}

/**
 * Makes ids of leases that say who holds them, so that the leases of a dispatcher can be found without one more
 * column for each claim to write. The ids remain UUIDv7.
 */
export function leaseIdsOf(holder: string): () => string {
  return () => uuidV7().slice(0, -LEASE_HOLDER_DIGITS) + holder;
}
