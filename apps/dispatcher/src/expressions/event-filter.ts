import { toTypeId } from '@schoolbell/ids';
import {
  type ClaimedDelivery,
  type WebhookExpressions,
  type WebhookForSending,
} from '@schoolbell/delivery';
import { filterDocument, type EvaluationError, type ExpressionPool } from '@schoolbell/expressions';
import type { Logger } from '@schoolbell/logging';
import { LRUCache } from 'lru-cache';

/** A filter that fails for every event is not reported for each of them. */
const SHOWN_AGAIN_MS = 60_000;
const MOST_REMEMBERED = 10_000;

interface EventFilterParts {
  pool: Pick<ExpressionPool, 'filter'>;
  expressions: WebhookExpressions;
  logger: Logger;
  now: () => number;
}

/** After this time an event is sent without asking its filter, rather than never. */
const UNASKED_AFTER_MS = 15 * 60_000;

/** The filter could not be asked in time, which says nothing about it: ask again. */
export class FilterUnavailableError extends Error {
  override readonly name = 'FilterUnavailableError';
}

/**
 * Asks webhooks' filters whether they want an event. A filter that fails counts as wanting it, and its failure is
 * shown.
 */
export class EventFilter {
  /** Unix milliseconds at which a webhook's failing filter was last shown. */
  private readonly shownAt = new LRUCache<string, number>({ max: MOST_REMEMBERED });

  constructor(private readonly parts: EventFilterParts) {}

  /** @throws FilterUnavailableError for an event that was accepted within the last 15 minutes */
  async wants(
    filter: string,
    webhook: WebhookForSending,
    event: ClaimedDelivery['event'],
  ): Promise<boolean> {
    const evaluation = await this.parts.pool.filter({
      key: webhook.tenantId,
      expression: filter,
      input: filterDocument({
        ...event,
        id: toTypeId('event', event.id),
        tenantId: toTypeId('tenant', event.tenantId),
      }),
      at: event.acceptedAt,
    });
    if (evaluation.ok) return evaluation.value;
    const { code, message } = evaluation.error;
    const age = this.parts.now() - event.acceptedAt.getTime();
    if (code === 'unavailable' && age < UNASKED_AFTER_MS) throw new FilterUnavailableError(message);
    await this.show(webhook, event.id, evaluation.error);
    return true;
  }

  private async show(
    { id, version }: WebhookForSending,
    eventId: string,
    { code, message }: EvaluationError,
  ): Promise<void> {
    const { expressions, logger, now } = this.parts;
    const key = `${id} ${version}`;
    const at = now();
    if (at < (this.shownAt.get(key) ?? -Infinity) + SHOWN_AGAIN_MS) return;
    this.shownAt.set(key, at);
    const error = {
      code,
      message,
      eventId: toTypeId('event', eventId),
      at: new Date(at).toISOString(),
    };
    await expressions.filterFailed(id, version, error).catch((cause: unknown) => {
      logger.warn({ err: cause, webhookId: toTypeId('webhook', id) }, 'filter_error.not_shown');
    });
  }
}
