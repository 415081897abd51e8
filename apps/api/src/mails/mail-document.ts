import { ApiProperty } from '@nestjs/swagger';
import { MAIL_KINDS, MAIL_STATUSES, type MailKind, type MailStatus } from '@schoolbell/notices';
import { toTypeId } from '@schoolbell/ids';
import type { MailRow } from '@schoolbell/persistence';
import { OneOf } from '../fields/one-of.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { PageQuery } from '../http/pagination.js';
import { writtenMail } from './written-mail.js';

/** The query of `GET /v1/mails`. */
export class MailQuery extends PageQuery {
  @MayBeLeftOut()
  @OneOf(MAIL_STATUSES)
  status?: MailStatus;
}

/** An e-mail to one person. */
export class MailDocument {
  @ApiProperty()
  id!: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Null for an e-mail to a user of the platform.',
  })
  tenantId!: string | null;

  @ApiProperty({ enum: MAIL_KINDS, description: 'What it is about.' })
  kind!: MailKind;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Null when the tenant had no `notificationEmails`: nobody was told.',
  })
  to!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Null like `text`.' })
  subject!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Plain text. Null if the stored e-mail is damaged.',
  })
  text!: string | null;

  @ApiProperty({
    enum: MAIL_STATUSES,
    description:
      '`waiting` for its next attempt, or for a mail server to be set up; `failed`: it was refused, tried for more than a day, or is damaged.',
  })
  status!: MailStatus;

  @ApiProperty({ type: 'integer' })
  attempts!: number;

  @ApiProperty({ type: 'string', nullable: true, description: 'How the last attempt failed.' })
  lastError!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  sentAt!: string | null;
}

const EXAMPLE: MailRow = {
  id: '019a8c2e-5d1b-7e0a-9c3f-4b6d8e2f1a70',
  tenantId: '01931f6e-5a00-7c3a-9b9c-e97a9a721300',
  tenantName: 'Northwind Academy',
  kind: 'webhook.paused',
  facts: {
    webhookId: '01931f6e-5a00-7c3a-9b9c-e97a9a721301',
    description: 'Completions for HR',
    url: 'https://hr.example.com/hooks',
    reason: 'consecutive_failures',
    failures: 5,
    lastError: 'The receiver answered 500.',
  },
  recipient: 'owner@example.com',
  status: 'sent',
  attempts: 1,
  lastError: null,
  createdAt: new Date('2026-11-22T14:40:03.123Z'),
  sentAt: new Date('2026-11-22T14:40:04.456Z'),
};

export const MAIL_EXAMPLE = presentMail(EXAMPLE, 'https://schoolbell.example.com');

export function presentMail(mail: MailRow, publicUrl: string | undefined): MailDocument {
  return {
    id: toTypeId('mail', mail.id),
    tenantId: mail.tenantId && toTypeId('tenant', mail.tenantId),
    kind: mail.kind,
    to: mail.recipient,
    ...writtenMail(mail, publicUrl),
    status: mail.status,
    attempts: mail.attempts,
    lastError: mail.lastError,
    createdAt: mail.createdAt.toISOString(),
    sentAt: mail.sentAt?.toISOString() ?? null,
  };
}
