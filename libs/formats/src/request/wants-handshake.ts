import type { FormatSettingsOfWebhook } from '@schoolbell/delivery';
import type { SettingValues } from '../contract/format-settings.js';
import { formatNamed } from '../formats.js';

/** Whether a webhook's receiver is to be asked for its consent before anything is sent to it. */
export function wantsHandshake(webhook: {
  format: string;
  formatSettings: FormatSettingsOfWebhook;
}): boolean {
  const { handshake, settings } = formatNamed(webhook.format) ?? {};
  const given = settings && (webhook.formatSettings[settings.field] as SettingValues | undefined);
  return handshake?.isWanted(given ?? {}) ?? false;
}
