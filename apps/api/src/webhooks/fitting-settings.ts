import { validationFailed } from '../http/api-error.js';
import { formatFaults, templateFaults } from './format-rules.js';
import { formatSettingsFaults } from './format-settings-input.js';
import { secretFaults, type Signing, signingFaults } from './secret-rules.js';
import type { ChangeWebhook, CreateWebhook } from './webhook-input.js';

/**
 * Checks that a webhook's settings fit its format, except for the event types that it lists.
 *
 * @throws ApiError `validation_failed` with every broken rule
 */
export function requireFittingSettings(
  settings: Parameters<typeof formatFaults>[0],
  signing: Signing,
  input: ChangeWebhook | CreateWebhook,
): void {
  const { format } = settings;
  const faults = [
    ...formatFaults(settings),
    ...formatSettingsFaults(format, input),
    ...templateFaults(settings, input.template),
    ...signingFaults(format, signing),
    ...('secret' in input ? secretFaults(format, signing, input.secret) : []),
  ];
  if (faults.length > 0) throw validationFailed(faults);
}
