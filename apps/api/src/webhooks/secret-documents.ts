import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { StoredSecrets } from '@schoolbell/persistence';
import { isSigningKeyPair, publicKeyOf } from '@schoolbell/signing';
import { MayBeLeftOut } from '../fields/optional.js';
import { Whole } from '../fields/whole.js';
import { CustomerSecret } from './webhook-fields.js';

const DAY_SECONDS = 86_400;
const MAX_OVERLAP_SECONDS = 7 * DAY_SECONDS;
export const DEFAULT_OVERLAP_SECONDS = DAY_SECONDS;

/** The body of `POST /v1/webhooks/{id}/secret/rotate`. */
export class RotateSecret {
  @MayBeLeftOut()
  @Whole({
    minimum: 0,
    maximum: MAX_OVERLAP_SECONDS,
    default: DEFAULT_OVERLAP_SECONDS,
    description: 'How long the present secret goes on signing beside the new one, in seconds.',
  })
  overlapSeconds: number = DEFAULT_OVERLAP_SECONDS;

  @MayBeLeftOut()
  @CustomerSecret('Bring your own; otherwise one is generated.')
  secret?: string;
}

/** The secrets of a webhook. */
export class SecretsDocument {
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Null if the stored secret is damaged: rotate it to get a new one.',
  })
  current!: string | null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    description: 'Present while a rotation overlaps. Null if the stored secret is damaged.',
  })
  previous?: string | null;

  @ApiPropertyOptional({ format: 'date-time' })
  previousExpiresAt?: string;

  @ApiPropertyOptional({
    description: 'With `signing: "ed25519"`: the key with which receivers verify.',
  })
  publicKey?: string;
}

export function presentSecrets(secrets: StoredSecrets): SecretsDocument {
  const { current, previous, previousExpiresAt } = secrets;
  const isOverlapping = previous !== undefined && previousExpiresAt !== undefined;
  return {
    current,
    ...(isOverlapping && { previous, previousExpiresAt: previousExpiresAt.toISOString() }),
    ...(current !== null && isSigningKeyPair(current) && { publicKey: publicKeyOf(current) }),
  };
}
