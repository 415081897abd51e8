import type { AttemptError } from './attempt.js';

export const WEBHOOK_STATUSES = ['active', 'paused'] as const;
export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number];

/** Why a webhook is paused. */
export const PAUSE_REASONS = ['manual', 'consecutive_failures', 'gone'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** How a receiver tells that a request is ours. */
export type WebhookAuthentication =
  | { type: 'signature' }
  | { type: 'basic'; username: string; password: string }
  | { type: 'bearer'; token: string }
  | { type: 'none' };

export const AUTHENTICATION_TYPES = [
  'signature',
  'basic',
  'bearer',
  'none',
] as const satisfies readonly WebhookAuthentication['type'][];

/** What signs for one webhook; `previous` while a rotation overlaps. */
export interface WebhookSecrets {
  current: string;
  previous?: string;
  previousExpiresAt?: Date;
}

/** Everything about a webhook that sending needs, with its secrets in the clear. Never logged. */
export interface WebhookForSending {
  id: string;
  tenantId: string;
  /** Rises with every change of a setting; tells a cached copy that it is stale. */
  version: number;
  url: string;
  format: string;
  authentication: WebhookAuthentication;
  headers: Record<string, string>;
  secrets: WebhookSecrets;
  timeoutSeconds: number;
  /** Seconds before each retry of a cycle. */
  retrySchedule: readonly number[];
  /** Consecutive failed attempts that pause it; 0 = never. */
  autoPauseAfter: number;
  /** The tenant's, for formats that show them. */
  tenantIri: string | null;
  tenantDomain: string | null;
}

/**
 * A webhook whose stored secrets cannot be read: the encryption key is missing, or the row was damaged. What
 * is due for it dies with `error` until that pauses it; the rest is held until somebody has seen to it.
 */
export interface UnreadableWebhook extends Omit<
  WebhookForSending,
  'authentication' | 'headers' | 'secrets'
> {
  error: AttemptError;
}
