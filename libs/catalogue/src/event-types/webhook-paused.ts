import { defineEventType } from '../event-type.js';
import { Id } from '../fields/id.js';
import { Line } from '../fields/line.js';
import { Whole } from '../fields/number.js';
import { OneOf } from '../fields/one-of.js';
import { Optional } from '../fields/optional.js';

/** Why Schoolbell pauses a webhook by itself. */
const REASONS = ['consecutive_failures', 'gone'];

class WebhookPausedData {
  @Id('The webhook that was paused.')
  webhookId!: string;

  @OneOf('Too many attempts failed in a row, or the receiver answered 410 Gone.', REASONS)
  reason!: string;

  @Optional()
  @Whole('How many attempts failed in a row.')
  consecutiveFailures?: number;

  @Optional()
  @Line('What went wrong the last time.')
  lastError?: string;
}

export const webhookPaused = defineEventType({
  name: 'webhook.paused',
  description: 'Schoolbell paused one of the tenant’s webhooks.',
  emittedBy: 'schoolbell',
  dataClass: WebhookPausedData,
  example: {
    webhookId: 'wh_01knfgm700fd9akn3chr7hmc03',
    reason: 'consecutive_failures',
    consecutiveFailures: 5,
    lastError: 'The receiver answered 500; only 2xx counts as delivered.',
  },
});
