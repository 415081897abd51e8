/**
 * Events that Schoolbell emits about the deliveries of a tenant. They are about the tenant and not about a package:
 * scopes leave out no webhook that lists one by its name. None is ever about the delivery of another.
 */
export const OPERATIONAL_EVENT_TYPES = ['webhook.paused', 'delivery.dead'] as const;
