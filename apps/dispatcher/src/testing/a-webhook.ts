import type { WebhookForSending } from '@schoolbell/delivery';

/** A webhook as dispatchers read it, without a signature. */
export function aWebhook(its: Partial<WebhookForSending> = {}): WebhookForSending {
  return {
    id: 'w',
    tenantId: 't',
    number: 1,
    version: 1,
    url: 'https://receiver.example/',
    format: 'allureconnect',
    formatSettings: {},
    filter: null,
    template: null,
    metadata: {},
    authentication: { type: 'none' },
    headers: {},
    secrets: { current: `whsec_${Buffer.alloc(32).toString('base64')}` },
    timeoutSeconds: 10,
    retrySchedule: [30, 120],
    autoPauseAfter: 5,
    tenantIri: null,
    tenantDomain: null,
    scormApiTenantId: null,
    ...its,
  };
}
