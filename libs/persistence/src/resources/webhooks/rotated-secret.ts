import type { SecretBox } from '../../database/encryption.js';
import { ifReadable } from '../../database/if-readable.js';
import type { Webhook } from '../../generated/client.js';

/** A secret that takes the place of the current one. */
export interface SecretRotation {
  secret: string;
  publicKey: string | null;
  /** Until when the one before it signs too; null: it is gone at once. */
  previousExpiresAt: Date | null;
}

/** The columns of a rotation. One that cannot be read is gone at once, and so is an older one that was still valid. */
export function rotatedSecret(
  { secret: current }: Pick<Webhook, 'secret'>,
  { secret, publicKey, previousExpiresAt }: SecretRotation,
  box: SecretBox,
) {
  const overlaps = previousExpiresAt !== null && ifReadable(() => box.decrypt(current)) !== null;
  return {
    secret: box.encrypt(secret),
    publicKey,
    previousSecret: overlaps ? current : null,
    previousSecretExpiresAt: overlaps ? previousExpiresAt : null,
  };
}
