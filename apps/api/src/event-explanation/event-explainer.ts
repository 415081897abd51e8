import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { toTypeId } from '@schoolbell/ids';
import { whyNotFannedOut } from '@schoolbell/delivery';
import { type Evaluation, ExpressionPool, filterDocument } from '@schoolbell/expressions';
import { formatNamed, takesEvent } from '@schoolbell/formats';
import type { ExplainedEvent, ExplainedWebhook } from '@schoolbell/persistence';
import {
  type ExplainedStatus,
  presentExplanation,
  type WebhookExplanationDocument,
} from './explanation-document.js';
import {
  CHANGED_SINCE,
  createdLater,
  deletedReason,
  DISCARDED,
  ERASED,
  fanOutReason,
  FILTERED,
  FILTERED_THEN,
  filterFailed,
  notCarried,
  pausedReason,
  type Reason,
  TEST_EVENT,
} from './explanation-reason.js';

/** An event, and whether the reader may see its data. */
type Explained = ExplainedEvent & { bodies: boolean };

/**
 * Explains what happened to an event at a webhook, by the rules of fan-out and dispatcher and the webhook's present
 * settings.
 */
@Injectable()
export class EventExplainer implements OnApplicationShutdown {
  private readonly pool = new ExpressionPool();

  async explain(event: Explained, webhook: ExplainedWebhook): Promise<WebhookExplanationDocument> {
    const { delivery } = webhook;
    if (delivery) {
      const reasons = await this.reasonsOfDelivery(event, webhook);
      return presentExplanation(webhook, delivery.status, reasons);
    }
    const reasons = await this.whyUnwanted(event, webhook);
    const isOpen = event.isFanningOut && reasons.every(({ code }) => code === 'changed_since');
    const status: ExplainedStatus = isOpen ? 'fanning_out' : 'unwanted';
    return presentExplanation(webhook, status, isOpen ? [] : reasons);
  }

  onApplicationShutdown(): void {
    this.pool.close();
  }

  /** A delivery that was sent speaks for itself; only one that was not sent needs reasons. */
  private async reasonsOfDelivery(event: Explained, webhook: ExplainedWebhook): Promise<Reason[]> {
    const { status, discardReason } = webhook.delivery!;
    if (status === 'held') return [pausedReason(webhook)];
    if (status !== 'discarded') return [];
    switch (discardReason) {
      case 'filtered':
        return this.whyFiltered(event, webhook);
      case 'not_carried':
        return [notCarried(event, webhook)];
      case 'erased':
        return [ERASED];
      case null:
        return [webhook.deletedAt === null ? DISCARDED : deletedReason(webhook)];
    }
  }

  private async whyFiltered(event: Explained, webhook: ExplainedWebhook): Promise<Reason[]> {
    const today = await this.filterSays(event, webhook);
    return today.length > 0 && today[0]!.code === 'filtered' ? today : [FILTERED_THEN, ...today];
  }

  private async whyUnwanted(event: Explained, webhook: ExplainedWebhook): Promise<Reason[]> {
    if (event.test) return [TEST_EVENT];
    const later = webhook.createdAt > event.acceptedAt ? [createdLater(webhook)] : [];
    const rules = whyNotFannedOut(event, webhook).map((code) => fanOutReason(code, event, webhook));
    const found = [...later, ...rules];
    // An event that is listed and in scope may still be turned away by the dispatcher.
    const beyond = rules.length === 0 ? await this.whyTurnedAway(event, webhook) : [];
    const all = [...found, ...beyond];
    return all.some(({ code }) => code !== 'filter_failed') ? all : [...all, CHANGED_SINCE];
  }

  private async whyTurnedAway(event: Explained, webhook: ExplainedWebhook): Promise<Reason[]> {
    const format = formatNamed(webhook.format);
    if (event.erasedAt !== null) return [ERASED];
    if (format && !takesEvent(format, event)) return [notCarried(event, webhook)];
    return this.filterSays(event, webhook);
  }

  /** Empty if there is no filter, or the filter wants the event; unknown for an event that was erased. */
  private async filterSays(event: Explained, { filter }: ExplainedWebhook): Promise<Reason[]> {
    if (filter === null || event.erasedAt !== null) return [];
    const evaluation: Evaluation<boolean> = await this.pool.filter({
      key: event.tenantId,
      expression: filter,
      input: filterDocument({
        ...event,
        id: toTypeId('event', event.id),
        tenantId: toTypeId('tenant', event.tenantId),
      }),
      at: event.acceptedAt,
    });
    if (!evaluation.ok) return [filterFailed(evaluation.error, event.bodies)];
    return evaluation.value ? [] : [FILTERED];
  }
}
