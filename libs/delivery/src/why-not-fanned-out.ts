import { TENANT_EVENT_TYPES } from './operational-event-types.js';
import { ALL_EVENTS, type WebhookSettings } from './webhook-settings.js';

/** What decides which webhooks an event goes to. */
export interface FannedOutEvent {
  type: string;
  packageId: string | null;
  dispatchId: string | null;
}

/** What a webhook listens to. */
export type Listening = Pick<WebhookSettings, 'eventTypes' | 'packageIds' | 'dispatchIds'> & {
  deletedAt: Date | null;
};

/**
 * Why a webhook gets no delivery of an event that is fanned out: it is deleted; it does not list the type; its scopes
 * leave the event's package and dispatch out.
 */
export const FAN_OUT_REASONS = ['deleted', 'type_not_listed', 'out_of_scope'] as const;
export type FanOutReason = (typeof FAN_OUT_REASONS)[number];

/**
 * The rules of the fan-out, which is SQL in `libs/persistence`, for explaining it. A test compares the two.
 *
 * @returns every reason against it; none for a webhook that gets the event
 */
export function whyNotFannedOut(event: FannedOutEvent, webhook: Listening): FanOutReason[] {
  return [
    ...(webhook.deletedAt === null ? [] : (['deleted'] as const)),
    ...(isListed(event, webhook) ? [] : (['type_not_listed'] as const)),
    ...(isInScope(event, webhook) ? [] : (['out_of_scope'] as const)),
  ];
}

function isListed({ type }: FannedOutEvent, { eventTypes }: Listening): boolean {
  return eventTypes.includes(type) || eventTypes.includes(ALL_EVENTS);
}

/** Events about a tenant have no package: a webhook that lists one by its name gets it, whatever its scopes. */
function isInScope({ type, packageId, dispatchId }: FannedOutEvent, webhook: Listening): boolean {
  const { eventTypes, packageIds, dispatchIds } = webhook;
  if (packageIds.length === 0 && dispatchIds.length === 0) return true;
  if (isAboutTenant(type) && eventTypes.includes(type)) return true;
  return (
    (packageId !== null && packageIds.includes(packageId)) ||
    (dispatchId !== null && dispatchIds.includes(dispatchId))
  );
}

function isAboutTenant(type: string): boolean {
  return (TENANT_EVENT_TYPES as readonly string[]).includes(type);
}
