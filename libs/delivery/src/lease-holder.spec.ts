import { expect, it } from 'vitest';
import { LEASE_HOLDER_DIGITS, leaseIdsOf, newLeaseHolder } from './lease-holder.js';
import { timeOfUuidV7 } from '@schoolbell/ids';

it('leases of one dispatcher differ, and all end with its name', () => {
  const holder = newLeaseHolder();
  const newLeaseId = leaseIdsOf(holder);
  const ids = Array.from({ length: 4096 }, newLeaseId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => id.slice(-LEASE_HOLDER_DIGITS) === holder)).toBe(true);
});

it('the id of a lease is a UUIDv7', () => {
  const id = leaseIdsOf(newLeaseHolder())();
  expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(Math.abs(timeOfUuidV7(id) - Date.now())).toBeLessThan(10_000);
});

it('two dispatchers have two names', () => {
  expect(newLeaseHolder()).not.toBe(newLeaseHolder());
});
