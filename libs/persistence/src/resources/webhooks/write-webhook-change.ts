import type { Author } from '@schoolbell/identity';
import { changedFields } from '../../database/changed-fields.js';
import type { SecretBox } from '../../database/encryption.js';
import { recordChange } from '../../database/record-change.js';
import type { Prisma, Webhook } from '../../generated/client.js';
import { auditedWebhook, changesStateOnly, ofWebhook } from './audited-webhook.js';
import { toWebhookRecord, type WebhookRecord } from './webhook-record.js';

interface Writing {
  author: Author;
  /** As the webhook is now; it is locked. */
  old: Webhook;
  data: Prisma.WebhookUncheckedUpdateInput;
  /** More that the audit log says of the change. */
  also?: Prisma.InputJsonObject | undefined;
}

/** Writes a change of a webhook, and to the audit log what it changed. */
export async function writeWebhookChange(
  tx: Prisma.TransactionClient,
  box: SecretBox,
  { author, old, data, also }: Writing,
): Promise<WebhookRecord> {
  const row = await tx.webhook.update({ where: { id: old.id, tenantId: old.tenantId }, data });
  const webhook = toWebhookRecord(row, box);
  const changed = changedFields(auditedWebhook(toWebhookRecord(old, box)), auditedWebhook(webhook));
  if (!changed) return webhook;
  await recordChange(tx, author, {
    ...ofWebhook(webhook),
    action: changesStateOnly(changed.after) ? actionOfState(webhook) : 'webhook.updated',
    before: changed.before,
    after: { ...changed.after, ...also },
  });
  return webhook;
}

/** One that awaits consent is paused still, and was resumed by its tenant. */
function actionOfState({ pauseReason }: WebhookRecord): string {
  return pauseReason === 'manual' ? 'webhook.paused' : 'webhook.resumed';
}

/** The columns that every change of a setting changes. */
export function newVersion() {
  return { version: { increment: 1 }, updatedAt: new Date() };
}
