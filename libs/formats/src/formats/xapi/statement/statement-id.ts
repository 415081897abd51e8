import type { EventToSend } from '../../../contract/event-to-send.js';
import type { XapiSettings } from '../xapi-settings.js';
import { uuidV5 } from '../../../values/uuid-v5.js';

interface StatementSource {
  tenantUuid: string;
  webhookUuid: string;
  settings: XapiSettings;
}

/**
 * The same id at every attempt, so that an LRS keeps a statement once. Webhooks that name the learner in another way
 * have ids of their own: two of them on one LRS would otherwise send different statements under one id.
 */
export function statementId(
  { tenantUuid, webhookUuid, settings }: StatementSource,
  { uuid }: EventToSend,
  verbIri: string,
): string {
  const name = `${uuid} ${verbIri}`;
  return uuidV5(tenantUuid, settings.actor === 'account' ? name : `${name} ${webhookUuid}`);
}
