import { ApiProperty } from '@nestjs/swagger';
import type { SettingsChange, SettingsRecord } from '@schoolbell/persistence';
import { Flag } from '../fields/flag.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { Text } from '../fields/text.js';
import {
  presentScormRules,
  scormRuleColumns,
  ScormRulesDocument,
  ScormRulesField,
  type ScormRulesInput,
} from '../tenants/scorm-rules-document.js';
import { EMAILS_DOCS, NotificationEmails } from '../tenants/notification-emails.js';
import { IsTimeZone } from './time-zone.js';

const TIME_ZONE = {
  format: 'iana-time-zone',
  maxLength: 64,
  default: 'UTC',
  description: 'IANA name of the time zone in which people of the tenant read times.',
  example: 'Europe/Berlin',
};
const VIEWERS_SEE_BODIES = {
  default: false,
  description: 'Whether viewers see the data of events and the bodies of requests.',
};
const SECOND_FACTOR_REQUIRED = {
  default: false,
  description: 'Whether users without a second factor can do nothing but set one up.',
};

/** The body of `PATCH /v1/settings`. */
export class ChangeSettings {
  @NotificationEmails()
  notificationEmails?: string[];

  @MayBeLeftOut()
  @Text(TIME_ZONE)
  @IsTimeZone()
  timeZone?: string;

  @MayBeLeftOut()
  @Flag(VIEWERS_SEE_BODIES)
  viewersSeeBodies?: boolean;

  @MayBeLeftOut()
  @Flag(SECOND_FACTOR_REQUIRED)
  secondFactorRequired?: boolean;

  @ScormRulesField()
  scormRules?: ScormRulesInput;
}

/** The settings that a tenant controls itself. */
export class SettingsDocument {
  @ApiProperty(EMAILS_DOCS)
  notificationEmails!: string[];

  @ApiProperty(TIME_ZONE)
  timeZone!: string;

  @ApiProperty(VIEWERS_SEE_BODIES)
  viewersSeeBodies!: boolean;

  @ApiProperty(SECOND_FACTOR_REQUIRED)
  secondFactorRequired!: boolean;

  @ApiProperty({ type: ScormRulesDocument })
  scormRules!: ScormRulesDocument;

  @ApiProperty({
    format: 'date-time',
    description: 'When these settings or the plan last changed.',
  })
  updatedAt!: string;
}

export const SETTINGS_EXAMPLE: SettingsDocument = {
  notificationEmails: ['owner@example.com'],
  timeZone: 'Europe/Berlin',
  viewersSeeBodies: false,
  secondFactorRequired: true,
  scormRules: { completionOnFailed: false, applyThresholds: true },
  updatedAt: '2026-11-22T09:30:00.000Z',
};

export function presentSettings(settings: SettingsRecord): SettingsDocument {
  return {
    notificationEmails: settings.notificationEmails,
    timeZone: settings.timeZone,
    viewersSeeBodies: settings.viewersSeeBodies,
    secondFactorRequired: settings.secondFactorRequired,
    scormRules: presentScormRules(settings),
    updatedAt: settings.updatedAt.toISOString(),
  };
}

export function settingsChangeOf({ scormRules, ...rest }: ChangeSettings): SettingsChange {
  return { ...rest, ...scormRuleColumns(scormRules) };
}
