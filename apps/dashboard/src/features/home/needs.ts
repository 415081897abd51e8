import type { WebhookDocument } from '@schoolbell/api-client';
import { counted } from '../../ui/numbers.ts';
import { visible } from '../../ui/visible.ts';

export interface Need {
  webhook: WebhookDocument;
  /** What is wrong. */
  reason: string;
  /** Since when, if that is known. */
  since?: string;
  /** What to do about it. */
  advice: string;
  /** Whether it is wrong already, rather than soon to be. */
  isUrgent: boolean;
}

const DAY_MS = 86_400_000;
const WARNED_DAYS = 30;

/** Webhooks that need attention: paused, failing, or with a certificate about to expire; the most urgent first. */
export function needsOf(webhooks: readonly WebhookDocument[], now: number): Need[] {
  const needs = webhooks.flatMap((webhook) => needOf(webhook, now) ?? []);
  return needs.sort((a, b) => rank(a) - rank(b));
}

const rank = ({ isUrgent, webhook }: Need): number =>
  !isUrgent ? 3 : webhook.health === 'failing' ? 0 : webhook.pause?.reason === 'manual' ? 2 : 1;

/** Replaces the need of a webhook that has just recovered. */
export const fineAgain = (webhook: WebhookDocument): Need => ({
  webhook,
  reason: 'Fine again',
  advice: '',
  isUrgent: false,
});

function needOf(webhook: WebhookDocument, now: number): Need | undefined {
  if (webhook.pause)
    return { webhook, isUrgent: true, since: webhook.pause.at, ...ofPause(webhook) };
  if (webhook.health === 'failing') return { webhook, isUrgent: true, ...ofFailures(webhook) };
  return ofCertificate(webhook, now);
}

function ofPause({ pause, consecutiveFailures }: WebhookDocument): Pick<Need, 'reason' | 'advice'> {
  // The error is a sentence of its own; here it ends another one.
  const error = pause?.lastError ? `: ${visible(pause.lastError).replace(/\.$/, '')}` : '';
  switch (pause?.reason) {
    case 'consecutive_failures':
      return {
        reason: `Paused after ${counted(consecutiveFailures, 'failure')} in a row${error}`,
        advice: 'Have the receiver repaired, then resume the webhook: its deliveries wait.',
      };
    case 'gone':
      return {
        reason: 'Paused because its receiver answered that it is gone (410)',
        advice: 'Set its new URL and resume the webhook, or delete it.',
      };
    case 'handshake':
      return {
        reason: `Paused until its receiver consents${error}`,
        advice: 'Have the receiver answer the handshake, then resume the webhook.',
      };
    default:
      return {
        reason: 'Paused by hand',
        advice: 'Resume the webhook when its receiver is ready: its deliveries wait.',
      };
  }
}

function ofFailures({ consecutiveFailures }: WebhookDocument): Pick<Need, 'reason' | 'advice'> {
  return {
    reason:
      consecutiveFailures > 0
        ? `The last ${consecutiveFailures === 1 ? 'attempt' : counted(consecutiveFailures, 'attempt')} failed`
        : 'Half of its latest deliveries failed',
    advice:
      'See what its receiver answers. What fails is retried by its schedule; dead letters wait until somebody retries them.',
  };
}

function ofCertificate(webhook: WebhookDocument, now: number): Need | undefined {
  const end = webhook.clientCertificate?.expiresAt;
  if (end === undefined) return undefined;
  const days = Math.floor((Date.parse(end) - now) / DAY_MS);
  if (days >= WARNED_DAYS) return undefined;
  const isUrgent = Date.parse(end) <= now;
  return {
    webhook,
    isUrgent,
    reason: isUrgent
      ? 'Its client certificate has expired'
      : `Its client certificate expires ${days === 0 ? 'within a day' : `in ${counted(days, 'day')}`}`,
    advice: 'Set a new certificate.',
  };
}
