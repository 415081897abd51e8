/** Events that Schoolbell emits about the deliveries of a tenant. None is ever about the delivery of another. */
export const OPERATIONAL_EVENT_TYPES = ['webhook.paused', 'delivery.dead'] as const;

/** Events about a tenant and not about a package: scopes leave out no webhook that lists one by its name. */
export const TENANT_EVENT_TYPES = [...OPERATIONAL_EVENT_TYPES, 'usage.threshold'] as const;
