import type { FormatSettings, SettingValues } from '../../contract/format-settings.js';

export interface XapiSettings {
  /** Sent as `X-Experience-API-Version`. */
  version: '1.0.3' | '2.0.0';
  style: 'single' | 'split';
  actor: 'account' | 'mbox';
}

export const xapiSettings = {
  field: 'xapi',
  description: 'How statements are made for the Learning Record Store.',
  properties: {
    version: {
      type: 'string',
      enum: ['1.0.3', '2.0.0'],
      default: '1.0.3',
      description: 'The version of xAPI that the Learning Record Store speaks.',
    },
    style: {
      type: 'string',
      enum: ['single', 'split'],
      default: 'single',
      description:
        '`split` reports success and score of a completed session in a second statement, `passed` or `failed`.',
    },
    actor: {
      type: 'string',
      enum: ['account', 'mbox'],
      default: 'account',
      description:
        '`mbox` names learners by e-mail address where the event has one; `account` by their id at the tenant.',
    },
  },
} as const satisfies FormatSettings;

/** @param values checked by {@link xapiSettings}, defaults filled in */
export function readXapiSettings(values: SettingValues): XapiSettings {
  return values as unknown as XapiSettings;
}
