import type { Principal } from '../auth/principal.js';
import { validationFailed } from '../http/api-error.js';

/**
 * When a new key ends. A key that another key creates ends with its creator at the latest: whoever holds a key for a
 * week has no access after that week.
 *
 * @param wanted RFC 3339; null for a key that lasts until it is revoked
 * @throws ApiError `validation_failed`
 */
export function expiryOf(principal: Principal, wanted: string | null, now: Date): Date | null {
  const expiresAt = wanted === null ? null : new Date(wanted);
  if (expiresAt && expiresAt <= now) throw refused('must be in the future');
  const latest = principal.kind === 'api_key' ? principal.expiresAt : null;
  if (latest && (expiresAt === null || expiresAt > latest)) {
    throw refused(
      `must be at or before ${latest.toISOString()}, when the key of this request expires`,
    );
  }
  return expiresAt;
}

function refused(message: string) {
  return validationFailed([{ path: 'expiresAt', message }]);
}
