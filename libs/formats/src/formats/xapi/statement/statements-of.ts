import type { EventToSend } from '../../../contract/event-to-send.js';
import type { RenderContext } from '../../../contract/render-context.js';
import type { FormatInput } from '../../../contract/wire-format.js';
import { xapiRegistration } from '../../../values/xapi-registration.js';
import { readXapiSettings } from '../xapi-settings.js';
import { activityOf } from './activity-of.js';
import { actorOf } from './actor-of.js';
import { reportsOf, type Report } from './reports-of.js';
import type { Statement } from './statement.js';
import { statementId } from './statement-id.js';

/**
 * The statements of an event, or of a batch of them. No two have one id, for which an LRS refuses the whole
 * request: an event that is in a batch twice is stated once.
 */
export function statementsOf({ events, context }: FormatInput): Statement[] {
  const byId = new Map<string, Statement>();
  for (const event of events) {
    for (const statement of statementsOfEvent(event, context)) {
      if (!byId.has(statement.id)) byId.set(statement.id, statement);
    }
  }
  return [...byId.values()];
}

function statementsOfEvent(event: EventToSend, context: RenderContext): Statement[] {
  const { style } = readXapiSettings(context.webhook.settings);
  return reportsOf(event, style).map((report) => statementOf(report, event, context));
}

function statementOf(
  { verb, result }: Report,
  event: EventToSend,
  { webhook, tenant }: RenderContext,
): Statement {
  const settings = readXapiSettings(webhook.settings);
  const verbIri = `http://adlnet.gov/expapi/verbs/${verb}`;
  return {
    id: statementId(
      { tenantUuid: tenant.uuid, webhookUuid: webhook.uuid, settings },
      event,
      verbIri,
    ),
    actor: actorOf(event.data, tenant.iri, settings.actor),
    verb: { id: verbIri, display: { 'en-US': verb } },
    object: activityOf(event.data, tenant.iri),
    ...(Object.keys(result).length > 0 && { result }),
    context: { registration: xapiRegistration(tenant.uuid, event.data) },
    timestamp: event.occurredAt.toISOString(),
    version: settings.version === '2.0.0' ? '2.0.0' : '1.0.0',
  };
}
