import type { WebhookSettings } from '@schoolbell/delivery';
import type { SecretBox } from '../../database/encryption.js';
import type { Prisma } from '../../generated/client.js';
import { toWebhookColumns } from './webhook-record.js';

/** Settings as Prisma stores them, with what must be secret encrypted; fields that are left out stay out. */
export function toStoredSettings<T extends Partial<WebhookSettings>>(settings: T, box: SecretBox) {
  const { delivery, formatSettings, metadata, ...rest } = toWebhookColumns(settings, box);
  return {
    ...rest,
    ...(delivery && { delivery: delivery as unknown as Prisma.InputJsonValue }),
    ...(formatSettings && { formatSettings: formatSettings as Prisma.InputJsonValue }),
    ...(metadata && { metadata: metadata as Prisma.InputJsonValue }),
  } as Omit<typeof rest, never> & {
    delivery: Prisma.InputJsonValue;
    formatSettings: Prisma.InputJsonValue;
    metadata: Prisma.InputJsonValue;
  };
}
