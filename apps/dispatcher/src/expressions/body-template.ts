import {
  templateFailure,
  type AttemptError,
  type ClaimedDelivery,
  type WebhookExpressions,
  type WebhookForSending,
} from '@schoolbell/delivery';
import { toTypeId } from '@schoolbell/ids';
import { templateDocument, whereFailed, type ExpressionPool } from '@schoolbell/expressions';

export type TemplateBody =
  | { ok: true; body: string }
  /** `passing`: the failure says nothing about the template, and the next attempt may have a body. */
  | { ok: false; passing: boolean; error: AttemptError };

interface BodyTemplateParts {
  pool: Pick<ExpressionPool, 'render'>;
  expressions: WebhookExpressions;
}

/** Makes bodies by webhooks' templates: once per delivery, whatever the template says later. */
export class BodyTemplate {
  constructor(private readonly parts: BodyTemplateParts) {}

  async bodyFor(webhook: WebhookForSending, claimed: ClaimedDelivery): Promise<TemplateBody> {
    try {
      if (claimed.attemptNumber > 1) {
        const body = await this.parts.expressions.firstBody(claimed.id);
        if (body !== undefined) return { ok: true, body };
      }
      return await this.render(webhook, claimed);
    } catch (error) {
      return notRendered(error);
    }
  }

  private async render(
    webhook: WebhookForSending,
    claimed: ClaimedDelivery,
  ): Promise<TemplateBody> {
    const { event, id, attemptNumber } = claimed;
    const evaluation = await this.parts.pool.render({
      key: webhook.tenantId,
      expression: webhook.template ?? '',
      input: templateDocument(
        {
          ...event,
          id: toTypeId('event', event.id),
          tenantId: toTypeId('tenant', event.tenantId),
        },
        { id: toTypeId('webhook', webhook.id), metadata: webhook.metadata },
        { id: toTypeId('delivery', id), attempt: attemptNumber },
      ),
      at: event.acceptedAt,
    });
    if (evaluation.ok) return { ok: true, body: evaluation.value };
    const { code, message } = evaluation.error;
    const at = whereFailed(evaluation.error);
    const passing = code === 'unavailable';
    return {
      ok: false,
      passing,
      error: {
        code: 'unsendable',
        message: templateFailure(at, message),
        ...(passing && { ours: true }),
      },
    };
  }
}

function notRendered(cause: unknown): TemplateBody {
  return {
    ok: false,
    passing: true,
    error: {
      code: 'network',
      message: 'Schoolbell could not make the body. There is nothing to do on your side.',
      internal: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
      ours: true,
    },
  };
}
