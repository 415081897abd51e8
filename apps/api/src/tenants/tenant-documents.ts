import { ApiProperty } from '@nestjs/swagger';
import { toTypeId } from '@schoolbell/ids';
import type { TenantRecord } from '@schoolbell/persistence';
import { IsFQDN, IsUrl, IsUUID } from 'class-validator';
import { MayBeLeftOut, MayBeNull } from '../fields/optional.js';
import { Text } from '../fields/text.js';
import { Whole } from '../fields/whole.js';
import { EMAILS_DOCS, NotificationEmails } from './notification-emails.js';
import {
  presentScormRules,
  ScormRulesDocument,
  ScormRulesField,
  type ScormRulesInput,
} from './scorm-rules-document.js';

const MAX_INT = 2_147_483_647;
/** Formats append paths to it: a query or a fragment would swallow them. */
const IRI = {
  require_tld: false,
  require_protocol: true,
  protocols: ['http', 'https'],
  disallow_auth: true,
  allow_query_components: false,
  allow_fragments: false,
};

const TenantName = (): PropertyDecorator =>
  Text({ minLength: 1, maxLength: 255, example: 'Northwind Academy' });

/** The fields of a tenant besides its name. */
class TenantOptions {
  @ScormRulesField()
  scormRules?: ScormRulesInput;

  @MayBeNull()
  @Whole({
    minimum: 0,
    maximum: MAX_INT,
    default: null,
    description:
      'Launches per month in its plan; null for no limit. Nothing stops at the limit: the tenant gets `usage.threshold` at 80 % and 100 % of it. A limit of 0 has no thresholds.',
  })
  monthlyLaunchLimit?: number | null;

  @MayBeLeftOut()
  @Whole({
    minimum: 0,
    maximum: 100_000,
    default: 100,
    description: 'How many webhooks the tenant may have.',
  })
  webhookLimit?: number;

  @MayBeLeftOut()
  @Whole({
    minimum: 0,
    maximum: 10_000,
    default: 200,
    description: 'How many event types of its own the tenant may have.',
  })
  eventTypeLimit?: number;

  @MayBeNull()
  @Text({
    default: null,
    maxLength: 2048,
    format: 'uri',
    pattern: '^https?://[^\\s@?#&]+$',
    description:
      'For formats that name the platform by IRI: http or https, without user name, query and fragment.',
    example: 'https://lms.example.com',
  })
  @IsUrl(IRI, { message: 'must be an http or https IRI without user name, query and fragment' })
  iri?: string | null;

  @MayBeNull()
  @Text({
    default: null,
    maxLength: 253,
    format: 'hostname',
    description: 'For formats that name the platform by host name.',
    example: 'lms.example.com',
  })
  @IsFQDN({ require_tld: false })
  domain?: string | null;

  @MayBeNull()
  @Text({
    default: null,
    format: 'uuid',
    description:
      'The `tenant_id` by which its receivers know it from the SCORM API; null for its id here.',
    example: '550e8400-e29b-41d4-a716-446655440000',
  })
  @IsUUID('loose')
  scormApiTenantId?: string | null;

  @NotificationEmails()
  notificationEmails?: string[];
}

/** The body of `POST /v1/tenants`. */
export class CreateTenant extends TenantOptions {
  @TenantName()
  name!: string;
}

/** The body of `PATCH /v1/tenants/{id}`. */
export class ChangeTenant extends TenantOptions {
  @MayBeLeftOut()
  @TenantName()
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
