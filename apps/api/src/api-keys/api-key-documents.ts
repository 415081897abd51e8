import { ApiProperty } from '@nestjs/swagger';
import { toTypeId } from '@schoolbell/ids';
import { type Permission, TENANT_PERMISSIONS } from '@schoolbell/identity';
import type { ApiKeyRecord } from '@schoolbell/persistence';
import { SomeOf } from '../fields/list.js';
import { MayBeNull } from '../fields/optional.js';
import { Text } from '../fields/text.js';
import { Instant } from '../fields/time.js';

const PERMISSIONS_DOCS = {
  enumName: 'Permission',
  example: ['webhooks:read', 'deliveries:read'],
};

/** The body of `POST /v1/api-keys`. */
export class CreateApiKey {
  @Text({ minLength: 1, maxLength: 255, example: 'Delivery dashboards' })
  name!: string;

  @SomeOf(TENANT_PERMISSIONS, {
    ...PERMISSIONS_DOCS,
    minItems: 1,
    maxItems: TENANT_PERMISSIONS.length,
    uniqueItems: true,
    description:
      'Only permissions that the key or user of this request has. A developer cannot give `keys:write`, because such a key manages the keys of everybody.',
  })
  permissions!: Permission[];

  @MayBeNull()
  @Instant({
    default: null,
    description:
      'In the future; null for a key that lasts until it is revoked. A key that expires cannot create a key that expires later.',
    example: '2027-11-22T00:00:00.000Z',
  })
  expiresAt?: string | null;
}

export class ApiKeyDocument {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({
    description: 'The public part, by which a key can be recognised: `sbk_<prefix>…`',
  })
  prefix!: string;

  @ApiProperty({ enum: TENANT_PERMISSIONS, isArray: true, ...PERMISSIONS_DOCS })
  permissions!: Permission[];

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  expiresAt!: string | null;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'Accurate to the minute.',
  })
  lastUsedAt!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'The user or key that made it; null for the first keys of an installation.',
  })
  createdBy!: string | null;
}

/** The answer to creating a key, the only one that shows it. */
export class NewApiKeyDocument extends ApiKeyDocument {
  @ApiProperty({ description: 'Shown only once; it is not stored.' })
  key!: string;
}

export const API_KEY_EXAMPLE = {
  id: 'key_01jcfpwpg0fgx9p79fda74r401',
  name: 'Delivery dashboards',
  prefix: '7Vb2uMkXq9Ta',
  permissions: ['webhooks:read', 'deliveries:read'],
  expiresAt: '2027-11-22T00:00:00.000Z',
  lastUsedAt: null,
  createdAt: '2026-11-22T09:30:00.000Z',
  createdBy: 'usr_01jcfpwpg0fgx9p79fda74r401',
};

export function presentApiKey(record: ApiKeyRecord): ApiKeyDocument {
  return {
    id: toTypeId('apiKey', record.id),
    name: record.name,
    prefix: record.prefix,
    permissions: record.permissions,
    expiresAt: record.expiresAt?.toISOString() ?? null,
    lastUsedAt: record.lastUsedAt?.toISOString() ?? null,
    createdAt: record.createdAt.toISOString(),
    createdBy: record.createdBy,
  };
}
