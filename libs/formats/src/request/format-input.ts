import { toTypeId } from '@schoolbell/ids';
import { type BatchMember, type EventRecord, type WebhookForSending } from '@schoolbell/delivery';
import type { EventToSend } from '../contract/event-to-send.js';
import { withDefaults } from '../contract/format-settings.js';
import type { RenderContext } from '../contract/render-context.js';
import type { FormatInput, WireFormat } from '../contract/wire-format.js';
import { carries } from '../formats.js';

/** What is to be sent: one delivery, or a batch of them under an id of its own. */
export interface DeliveryToRender {
  id: string;
  event: EventRecord;
  members?: readonly [BatchMember, ...BatchMember[]] | undefined;
}

export type WebhookToRender = Pick<
  WebhookForSending,
  | 'id'
  | 'tenantId'
  | 'number'
  | 'formatSettings'
  | 'authentication'
  | 'tenantIri'
  | 'tenantDomain'
  | 'scormApiTenantId'
>;

/** For formats whose bodies are made of their events alone. */
const NO_CONTEXT: RenderContext = {
  webhook: { uuid: '', number: 0, settings: {} },
  tenant: { id: '', uuid: '', iri: '', domain: '', scormApiTenantId: '' },
};

/**
 * @param renderedBody what the webhook's template gave, for a format that is made by one
 * @throws SyntaxError when an event's payload is not JSON
 */
export function formatInput(
  format: WireFormat,
  delivery: DeliveryToRender,
  webhook: WebhookToRender,
  renderedBody?: string,
): FormatInput {
  if (format.templated) return inputWith(delivery, { ...NO_CONTEXT, body: renderedBody });
  const context = format.usesContext ? renderContext(format, webhook) : NO_CONTEXT;
  return inputWith(delivery, context);
}

/**
 * As {@link formatInput}, with the context that an attempt kept.
 *
 * @param context null for formats that need none
 */
export function inputWith(delivery: DeliveryToRender, context: RenderContext | null): FormatInput {
  const { id, event, members } = delivery;
  const [first, ...others] = members ?? [{ deliveryId: id, event }];
  return {
    events: [eventToSend(first), ...others.map(eventToSend)],
    isBatch: members !== undefined,
    context: context ?? NO_CONTEXT,
  };
}

/**
 * Whether the format has a place for an event: for its type, and for what it says.
 *
 * @returns also true for a damaged event: its attempt will show the damage
 */
export function takesEvent(format: WireFormat, event: EventRecord): boolean {
  if (!carries(format, event.type)) return false;
  if (!format.takes) return true;
  try {
    return format.takes(eventToSend({ deliveryId: event.id, event }));
  } catch {
    return true;
  }
}

function eventToSend({ deliveryId, event }: BatchMember): EventToSend {
  return {
    id: toTypeId('event', event.id),
    uuid: event.id,
    deliveryId: toTypeId('delivery', deliveryId),
    type: event.type,
    occurredAt: event.occurredAt,
    payload: event.payload,
    // A payload may be sent as the stored text. This check costs some 3 µs, about 1 % of a delivery, and ensures
    // that a broken payload is never sent.
    data: JSON.parse(event.payload),
  };
}

function renderContext(format: WireFormat, webhook: WebhookToRender): RenderContext {
  const { settings } = format;
  const { authentication } = webhook;
  return {
    webhook: {
      uuid: webhook.id,
      number: webhook.number,
      settings: withDefaults(
        settings,
        settings && webhook.formatSettings[settings.field],
        webhook.number,
      ),
    },
    tenant: tenantContext(webhook),
    ...(authentication.type === 'form' && {
      credentials: { username: authentication.username, password: authentication.password },
    }),
  };
}

/** RFC 2606 reserves `.invalid` for names that nobody has: a tenant without a name of its own gets one of these. */
function tenantContext(webhook: WebhookToRender): RenderContext['tenant'] {
  const id = toTypeId('tenant', webhook.tenantId);
  const domain = webhook.tenantDomain ?? hostOf(webhook.tenantIri) ?? `${id}.invalid`;
  return {
    id,
    uuid: webhook.tenantId,
    iri: webhook.tenantIri ?? `https://${domain}`,
    domain,
    scormApiTenantId: webhook.scormApiTenantId ?? id,
  };
}

function hostOf(iri: string | null): string | undefined {
  return iri !== null && URL.canParse(iri) ? new URL(iri).hostname || undefined : undefined;
}
