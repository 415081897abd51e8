import { toTypeId } from '@schoolbell/ids';
import { plain, type AuditedField, type AuditedFields } from '../../database/changed-fields.js';
import type { Change } from '../../database/record-change.js';
import type { TenantDraft, TenantRecord } from './tenant-record.js';

type ScormRule = 'scormCompletionOnFailed' | 'scormApplyThresholds';

/** By the names of the API. A new field does not compile until it has its line, and with it what is shown of it. */
const FIELDS: Record<
  Exclude<keyof TenantDraft, ScormRule> | 'scormRules',
  (tenant: TenantRecord) => AuditedField
> = {
  name: ({ name }) => plain(name),
  monthlyLaunchLimit: ({ monthlyLaunchLimit }) => plain(monthlyLaunchLimit),
  webhookLimit: ({ webhookLimit }) => plain(webhookLimit),
  eventTypeLimit: ({ eventTypeLimit }) => plain(eventTypeLimit),
  iri: ({ iri }) => plain(iri),
  domain: ({ domain }) => plain(domain),
  scormApiTenantId: ({ scormApiTenantId }) => plain(scormApiTenantId),
  notificationEmails: ({ notificationEmails }) => plain(notificationEmails),
  scormRules: (tenant) =>
    plain({
      completionOnFailed: tenant.scormCompletionOnFailed,
      applyThresholds: tenant.scormApplyThresholds,
    }),
};

/** What the audit log tells of a tenant. */
export function auditedTenant(tenant: TenantRecord): AuditedFields {
  return Object.fromEntries(Object.entries(FIELDS).map(([name, field]) => [name, field(tenant)]));
}

/** A change of a tenant is its own, so that its owners see what the platform did. */
export function ofTenant({ id }: Pick<TenantRecord, 'id'>): Pick<Change, 'tenantId' | 'resource'> {
  return { tenantId: id, resource: { kind: 'tenant', id: toTypeId('tenant', id) } };
}
