import { toTypeId } from '@schoolbell/ids';
import { type AttemptRecord, type ClaimedDelivery } from '@schoolbell/delivery';
import type { Logger } from '@schoolbell/logging';
import { LRUCache } from 'lru-cache';

/** One wide line per attempt: everything that an operator asks for, no body, no secret. */
export function logAttempt(logger: Logger, attempt: AttemptRecord): void {
  const { claimed, verdict, error, response } = attempt;
  logger.info(
    {
      ...namesOf(claimed),
      attemptId: toTypeId('attempt', attempt.attemptId),
      attempt: claimed.attemptNumber,
      // A URL's path and query may contain a customer's secret.
      host: hostOf(attempt.url),
      format: attempt.format,
      outcome: verdict.kind === 'delivered' ? 'delivered' : 'failed',
      verdict: verdict.kind,
      responseStatus: response?.status ?? null,
      errorCode: error?.code ?? null,
      internalError: error?.internal,
      ours: error?.ours,
      retryInSeconds: verdict.kind === 'rescheduled' ? Math.round(verdict.delaySeconds) : undefined,
      ageMs: attempt.at.getTime() - claimed.event.acceptedAt.getTime(),
      ...attempt.timings,
    },
    'delivery.attempted',
  );
}

/** The line of an interrupted attempt, of which no more is known. */
export function logCutOff(logger: Logger, claimed: ClaimedDelivery, attempt: number): void {
  logger.info(
    { ...namesOf(claimed), attempt, outcome: 'interrupted', errorCode: 'interrupted' },
    'delivery.attempted',
  );
}

/** The id that receivers see. */
export function nameOf({ id, members }: ClaimedDelivery) {
  return members
    ? { batchId: toTypeId('batch', id), size: members.length }
    : { deliveryId: toTypeId('delivery', id) };
}

function namesOf(claimed: ClaimedDelivery) {
  return {
    tenantId: toTypeId('tenant', claimed.event.tenantId),
    webhookId: toTypeId('webhook', claimed.webhookId),
    eventId: toTypeId('event', claimed.event.id),
    eventType: claimed.event.type,
    ...nameOf(claimed),
    trigger: claimed.trigger,
    test: claimed.test,
  };
}

/** By URL, since parsing one costs more than writing the whole line. */
const hosts = new LRUCache<string, string>({ max: 10_000 });

/** Empty for a text that is not a URL. */
function hostOf(url: string): string {
  const known = hosts.get(url);
  if (known !== undefined) return known;
  const host = URL.parse(url)?.host ?? '';
  hosts.set(url, host);
  return host;
}
