import { ApiError } from './api-error.js';

/** Colliding changes are repeated this often; the data has one owner, so even two are rare. */
const MAX_COLLISIONS = 5;

/**
 * Repeats a change that depends on what it read until nobody has changed that meanwhile.
 *
 * @param change resolves to `undefined` if somebody else changed what it had read
 * @throws ApiError `service_unavailable` if others are always faster
 */
export async function untilUndisturbed<T>(change: () => Promise<T | undefined>): Promise<T> {
  for (let attempt = 0; attempt < MAX_COLLISIONS; attempt++) {
    const changed = await change();
    if (changed !== undefined) return changed;
  }
  throw new ApiError(
    'service_unavailable',
    'Too many concurrent changes to this resource; try again.',
    { headers: { 'Retry-After': '1' } },
  );
}
