import { ApiError } from './api-error.js';

/** Changes that collide are repeated this often; what is changed has one owner, so twice is rare already. */
const MAX_COLLISIONS = 5;

/**
 * Changes something on the basis of what it was, again when somebody else changed it in between.
 *
 * @param change gives nothing when it was no longer as it had read it
 * @throws ApiError `service_unavailable` when others are always faster
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
