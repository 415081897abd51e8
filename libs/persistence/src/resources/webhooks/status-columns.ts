import type { PauseReason, WebhookStatus } from '@schoolbell/delivery';

/** What becomes of a webhook; `awaiting_consent` is active once its receiver has consented, and paused until then. */
export type NewStatus = WebhookStatus | 'awaiting_consent';

/** The columns of a status that somebody chose. What the receiver had consented to before holds no longer. */
export function statusColumns(status: NewStatus) {
  const noConsent = { consentedOrigin: null, consentedRate: null };
  if (status === 'active') return { ...ACTIVE, ...noConsent };
  const reason: PauseReason = status === 'paused' ? 'manual' : 'handshake';
  return { ...noConsent, ...pausedFor(reason) };
}

const ACTIVE = {
  status: 'active',
  pauseReason: null,
  pausedAt: null,
  pauseLastError: null,
  consecutiveFailures: 0,
} as const;

function pausedFor(pauseReason: PauseReason) {
  return { status: 'paused', pauseReason, pausedAt: new Date(), pauseLastError: null } as const;
}
