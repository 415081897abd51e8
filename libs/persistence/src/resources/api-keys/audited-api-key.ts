import { toTypeId } from '@schoolbell/ids';
import { plain, type AuditedFields } from '../../database/changed-fields.js';
import type { Change } from '../../database/record-change.js';
import type { ApiKeyRecord } from './api-key-record.js';

/** What the audit log tells of an API key. Its prefix is public. */
export function auditedApiKey(key: ApiKeyRecord): AuditedFields {
  return {
    name: plain(key.name),
    prefix: plain(key.prefix),
    permissions: plain(key.permissions),
    expiresAt: plain(key.expiresAt?.toISOString() ?? null),
  };
}

/** Whose a change of a key is, and of which. */
export function ofApiKey({
  tenantId,
  id,
}: Pick<ApiKeyRecord, 'tenantId' | 'id'>): Pick<Change, 'tenantId' | 'resource'> {
  return { tenantId, resource: { kind: 'api_key', id: toTypeId('apiKey', id) } };
}
