import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type WebhookRecord, WebhookRepository } from '@schoolbell/persistence';
import { notFound } from '../http/api-error.js';

const POLL_MS = 50;
/** A receiver that takes longer is still asked; its answer then appears on the webhook. */
const PATIENCE_MS = 5_000;

/** Waits for the answers of receivers that a dispatcher asks for consent. */
@Injectable()
export class HandshakeOutcome {
  constructor(private readonly webhooks: WebhookRepository) {}

  /**
   * The webhook once its receiver has answered, or after some seconds; at once if nobody is asked.
   *
   * @throws ApiError `not_found` if it was deleted meanwhile
   */
  async of(webhook: WebhookRecord): Promise<WebhookRecord> {
    const deadline = performance.now() + PATIENCE_MS;
    let latest = webhook;
    while (isBeingAsked(latest) && performance.now() < deadline) {
      await wait(POLL_MS);
      const found = await this.webhooks.find(webhook.tenantId, webhook.id);
      if (!found) throw notFound('webhook');
      latest = found;
    }
    return latest;
  }
}

function isBeingAsked({ pauseReason, pauseLastError }: WebhookRecord): boolean {
  return pauseReason === 'handshake' && pauseLastError === null;
}
