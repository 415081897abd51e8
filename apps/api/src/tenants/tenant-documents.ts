import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { toTypeId } from '@schoolbell/ids';
import type { TenantRecord } from '@schoolbell/persistence';
import {
  IsFQDN,
  IsInt,
  IsObject,
  IsString,
  IsUrl,
  IsUUID,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import { MayBeLeftOut, MayBeNull } from '../http/optional.js';
import { EMAILS_DOCS, NotificationEmails } from './notification-emails.js';
import { presentScormRules, ScormRulesDocument, ScormRulesInput } from './scorm-rules-document.js';

const MAX_INT = 2_147_483_647;
const MAX_WEBHOOKS = 100_000;
const MAX_EVENT_TYPES = 10_000;
/** Formats put paths behind it: a query or a fragment would swallow them. */
const IRI = {
  require_tld: false,
  require_protocol: true,
  protocols: ['http', 'https'],
  disallow_auth: true,
  allow_query_components: false,
  allow_fragments: false,
};

const NAME = { minLength: 1, maxLength: 255, example: 'Northwind Academy' };

/** What a tenant has besides its name. */
class TenantOptions {
  @ApiPropertyOptional({
    type: ScormRulesInput,
    description:
      'How commits of SCORM players are read; fields that are left out stay as they are.',
  })
  @MayBeLeftOut()
  @IsObject()
  @ValidateNested()
  @Type(() => ScormRulesInput)
  scormRules?: ScormRulesInput;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 0,
    maximum: MAX_INT,
    default: null,
    description:
      'Launches per month in its plan; null for no limit. Nothing stops at the limit: the tenant gets `usage.threshold` at 80 % and 100 % of it. A limit of 0 has no thresholds.',
  })
  @MayBeNull()
  @IsInt()
  @Min(0)
  @Max(MAX_INT)
  monthlyLaunchLimit?: number | null;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: MAX_WEBHOOKS,
    default: 100,
    description: 'How many webhooks the tenant may have.',
  })
  @MayBeLeftOut()
  @IsInt()
  @Min(0)
  @Max(MAX_WEBHOOKS)
  webhookLimit?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: MAX_EVENT_TYPES,
    default: 200,
    description: 'How many event types of its own the tenant may have.',
  })
  @MayBeLeftOut()
  @IsInt()
  @Min(0)
  @Max(MAX_EVENT_TYPES)
  eventTypeLimit?: number;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    default: null,
    maxLength: 2048,
    format: 'uri',
    pattern: '^https?://[^\\s@?#&]+$',
    description:
      'For formats that name the platform by IRI: http or https, without user name, query and fragment.',
    example: 'https://lms.example.com',
  })
  @MayBeNull()
  @IsString()
  @MaxLength(2048)
  @IsUrl(IRI, { message: 'must be an http or https IRI without user name, query and fragment' })
  iri?: string | null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    default: null,
    maxLength: 253,
    format: 'hostname',
    description: 'For formats that name the platform by host name.',
    example: 'lms.example.com',
  })
  @MayBeNull()
  @IsString()
  @MaxLength(253)
  @IsFQDN({ require_tld: false })
  domain?: string | null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    default: null,
    format: 'uuid',
    description:
      'The `tenant_id` by which its receivers know it from the SCORM API; null for its id here.',
    example: '550e8400-e29b-41d4-a716-446655440000',
  })
  @MayBeNull()
  @IsString()
  @IsUUID('loose')
  scormApiTenantId?: string | null;

  @NotificationEmails()
  notificationEmails?: string[];
}

/** The body of `POST /v1/tenants`. */
export class CreateTenant extends TenantOptions {
  @ApiProperty(NAME)
  @IsString()
  @Length(1, 255)
  name!: string;
}

/** The body of `PATCH /v1/tenants/{id}`. */
export class ChangeTenant extends TenantOptions {
  @ApiPropertyOptional(NAME)
  @MayBeLeftOut()
  @IsString()
  @Length(1, 255)
  name?: string;
}

export class TenantDocument {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: 'integer', nullable: true })
  monthlyLaunchLimit!: number | null;

  @ApiProperty({ type: 'integer' })
  webhookLimit!: number;

  @ApiProperty({ type: 'integer' })
  eventTypeLimit!: number;

  @ApiProperty({ type: 'string', nullable: true })
  iri!: string | null;

  @ApiProperty({ type: 'string', nullable: true })
  domain!: string | null;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true })
  scormApiTenantId!: string | null;

  @ApiProperty(EMAILS_DOCS)
  notificationEmails!: string[];

  @ApiProperty({ type: ScormRulesDocument })
  scormRules!: ScormRulesDocument;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export const TENANT_EXAMPLE = {
  id: 'ten_01jcfpwpg0fgx9p79fda74r401',
  name: 'Northwind Academy',
  monthlyLaunchLimit: 10_000,
  webhookLimit: 100,
  eventTypeLimit: 200,
  iri: 'https://lms.example.com',
  domain: 'lms.example.com',
  scormApiTenantId: null,
  notificationEmails: ['owner@example.com'],
  scormRules: { completionOnFailed: false, applyThresholds: true },
  createdAt: '2026-11-22T09:30:00.000Z',
  updatedAt: '2026-11-22T09:30:00.000Z',
};

export function presentTenant(tenant: TenantRecord): TenantDocument {
  return {
    id: toTypeId('tenant', tenant.id),
    name: tenant.name,
    monthlyLaunchLimit: tenant.monthlyLaunchLimit,
    webhookLimit: tenant.webhookLimit,
    eventTypeLimit: tenant.eventTypeLimit,
    iri: tenant.iri,
    domain: tenant.domain,
    scormApiTenantId: tenant.scormApiTenantId,
    notificationEmails: tenant.notificationEmails,
    scormRules: presentScormRules(tenant),
    createdAt: tenant.createdAt.toISOString(),
    updatedAt: tenant.updatedAt.toISOString(),
  };
}
