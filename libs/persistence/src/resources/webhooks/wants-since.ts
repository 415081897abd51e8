import { isDeepStrictEqual } from 'node:util';
import type { WebhookSettings } from '@schoolbell/delivery';
import type { Webhook } from '../../generated/client.js';

/** What decides which events a webhook gets. */
const DECISIVE = [
  'eventTypes',
  'everyEvent',
  'packageIds',
  'dispatchIds',
  'format',
  'filter',
] as const;

/** The column that says since when a webhook wants what it wants; none while that stays as it was. */
export function wantsSince(
  old: Webhook,
  settings: Partial<WebhookSettings>,
): Pick<Webhook, 'wantsSince'> | undefined {
  const isChanged = DECISIVE.some(
    (name) => settings[name] !== undefined && !isDeepStrictEqual(settings[name], old[name]),
  );
  return isChanged ? { wantsSince: new Date() } : undefined;
}
