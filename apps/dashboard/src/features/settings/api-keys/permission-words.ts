import type { Permission } from '@schoolbell/api-client';

/** What each permission allows, in words; in the order in which they are offered. */
export const PERMISSION_WORDS: Partial<Record<Permission, string>> = {
  'events:write': 'Post events',
  'events:read': 'Read events',
  'webhooks:read': 'Read webhooks and their settings',
  'webhooks:write': 'Create, change and delete webhooks, and types of events',
  'secrets:read': 'Read secrets of webhooks',
  'deliveries:read': 'Read deliveries and attempts',
  'deliveries:write': 'Retry and discard deliveries',
  'keys:write': 'Manage API keys',
  'users:write': 'Manage users and settings',
  'audit:read': 'Read the audit log',
  'usage:read': 'Read usage',
};

export const TENANT_PERMISSIONS = Object.keys(PERMISSION_WORDS) as Permission[];
