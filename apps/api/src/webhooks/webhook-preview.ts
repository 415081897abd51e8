import { Inject, Injectable } from '@nestjs/common';
import {
  ALL_EVENTS,
  type EventRecord,
  type WebhookForSending,
  type WebhookSettings,
} from '@schoolbell/delivery';
import { type EgressPolicy } from '@schoolbell/destinations';
import { formatNamed, REDACTED, renderBody, renderRequest, takesEvent } from '@schoolbell/formats';
import { type TenantRecord, TenantRepository } from '@schoolbell/persistence';
import { EGRESS_POLICY } from '../config/egress-policy.js';
import { type ExampleOfType, KnownEventTypes } from '../event-types/known-event-types.js';
import { notFound, validationFailed } from '../http/api-error.js';
import { ExpressionTrial, newExample, type TriedExample } from './expression-trial.js';
import { requireFittingSettings } from './fitting-settings.js';
import type { PreviewDocument, UnsentDocument } from './preview-document.js';
import type { PreviewWebhook } from './preview-input.js';
import { newSecret, type Signing } from './secret-rules.js';
import { requireSoundSettings } from './webhook-rules.js';
import { newSettings } from './webhook-settings.js';

const NO_URL = 'https://example.com/webhooks';
const DEFAULT_TYPE = 'session.completed';
/** Stands in for values that answers mask too. */
const UNKNOWN = 'unknown';

/** Shows the request that a webhook would send, rendered by the code that sends it. Nothing is stored or sent. */
@Injectable()
export class WebhookPreview {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly eventTypes: KnownEventTypes,
    private readonly trial: ExpressionTrial,
    @Inject(EGRESS_POLICY) private readonly policy: EgressPolicy,
  ) {}

  /** @throws ApiError `validation_failed`, as at registration */
  async of(tenantId: string, { type, ...input }: PreviewWebhook): Promise<PreviewDocument> {
    const { events = [ALL_EVENTS], url = NO_URL, signing = 'hmac-sha256' } = input;
    const given = { ...input, events, url, ...(input.headers && { headers: unmasked(input) }) };
    const named = events.filter((event) => event !== ALL_EVENTS);
    requireSoundSettings(given, this.policy, await this.eventTypes.unknownAmong(tenantId, named));
    const settings = newSettings(given);
    requireFittingSettings(settings, signing, given);
    const example = await this.exampleOf(tenantId, type ?? named[0] ?? DEFAULT_TYPE);
    const tenant = await this.tenants.find(tenantId);
    if (!tenant) throw notFound('tenant');
    return this.shown(tenant, settings, { signing, secret: input.secret }, example);
  }

  private async exampleOf(tenantId: string, name: string): Promise<ExampleOfType> {
    const [example] = await this.eventTypes.examplesOf(tenantId, [name]);
    if (example) return example;
    const message = 'is not an event type; see GET /v1/event-types';
    throw validationFailed([{ path: 'type', message }]);
  }

  private async shown(
    tenant: TenantRecord,
    settings: WebhookSettings,
    keys: { signing: Signing; secret: string | undefined },
    example: ExampleOfType,
  ): Promise<PreviewDocument> {
    const tried = newExample(tenant.id, example);
    const { event, webhookId } = tried;
    const webhook = { ...webhookOf(tenant, settings, keys), id: webhookId };
    const { wanted, filterError, templated } = await this.try(settings, tried);
    const unsent = unsentOf(settings, event, { wanted, templateError: templated?.error?.message });
    const shown = {
      type: event.type,
      format: settings.format,
      url: settings.url,
      unsent,
      filterError,
    };
    if (unsent?.reason === 'not_carried' || unsent?.reason === 'template_failed') {
      return { ...shown, headers: null, body: null };
    }
    return { ...shown, ...render(webhook, settings, tried, templated?.body) };
  }

  /** Filter and template, each by itself: an event that is turned away is shown anyway. */
  private async try(settings: WebhookSettings, tried: TriedExample) {
    await this.trial.requireParsable(tried.event.tenantId, settings);
    const filtered = await this.trial.try({ ...settings, template: null }, tried);
    const templated =
      settings.template === null
        ? undefined
        : await this.trial.try({ ...settings, filter: null }, tried);
    const { wanted = true, error } = filtered;
    return { wanted, filterError: error?.message ?? null, templated };
  }
}

function webhookOf(
  { id: tenantId, iri, domain, scormApiTenantId }: TenantRecord,
  settings: WebhookSettings,
  { signing, secret }: { signing: Signing; secret: string | undefined },
): Omit<WebhookForSending, 'id'> {
  return {
    ...settings,
    tenantId,
    number: 1,
    version: 1,
    secrets: { current: newSecret(signing, secret).secret },
    tenantIri: iri,
    tenantDomain: domain,
    scormApiTenantId,
  };
}

function render(
  webhook: WebhookForSending,
  { delivery: { mode } }: WebhookSettings,
  { event, deliveryId }: TriedExample,
  renderedBody: string | undefined,
): Pick<PreviewDocument, 'url' | 'headers' | 'body'> {
  const members = mode === 'batch' ? { members: [{ deliveryId, event }] as const } : {};
  const delivery = { id: deliveryId, event, ...members, attemptNumber: 1, test: false };
  const attempt = { delivery, webhook, now: Date.now(), accessToken: UNKNOWN, renderedBody };
  const { url, shownHeaders, renderedWith } = renderRequest(attempt);
  // As the attempt log shows it, without a password.
  return { url, headers: shownHeaders, body: renderBody(webhook.format, delivery, renderedWith) };
}

function unsentOf(
  { format, eventTypes }: WebhookSettings,
  event: EventRecord,
  { wanted, templateError }: { wanted: boolean; templateError: string | undefined },
): UnsentDocument | null {
  if (!takesEvent(formatNamed(format)!, event)) {
    return { reason: 'not_carried', message: `The format ${format} has no place for this event.` };
  }
  if (templateError !== undefined) return { reason: 'template_failed', message: templateError };
  if (!eventTypes.includes(ALL_EVENTS) && !eventTypes.includes(event.type)) {
    return { reason: 'not_listed', message: 'The webhook does not list this event type.' };
  }
  return wanted ? null : { reason: 'filtered', message: 'The filter turns this event away.' };
}

/** A form sends back the masks of stored values, which are neither known nor shown here. */
function unmasked({ headers = {} }: PreviewWebhook): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value === REDACTED ? UNKNOWN : value]),
  );
}
