import { ApiProperty } from '@nestjs/swagger';
import { MOST_DEAD_LETTERS_COUNTED, type TenantHealth } from '@schoolbell/persistence';
import { TenantDocument } from './tenant-documents.js';

/** How a tenant is doing at a glance; `GET /v1/stats` says more. */
class TenantHealthDocument {
  @ApiProperty({ type: 'integer' })
  webhooks!: number;

  @ApiProperty({ type: 'integer' })
  webhooksPaused!: number;

  @ApiProperty({ type: 'integer', description: 'Active ones whose last attempt failed.' })
  webhooksFailing!: number;

  @ApiProperty({
    type: 'integer',
    maximum: MOST_DEAD_LETTERS_COUNTED,
    description: `Counted up to ${MOST_DEAD_LETTERS_COUNTED}.`,
  })
  deadLetters!: number;
}

/** A tenant as `GET /v1/tenants` lists it. */
export class ListedTenantDocument extends TenantDocument {
  @ApiProperty({ type: TenantHealthDocument })
  health!: TenantHealthDocument;
}

export const TENANT_HEALTH_EXAMPLE: TenantHealthDocument = {
  webhooks: 12,
  webhooksPaused: 1,
  webhooksFailing: 2,
  deadLetters: 40,
};

export function presentTenantHealth({
  webhooks,
  webhooksPaused,
  webhooksFailing,
  deadLetters,
}: TenantHealth): TenantHealthDocument {
  return { webhooks, webhooksPaused, webhooksFailing, deadLetters };
}
