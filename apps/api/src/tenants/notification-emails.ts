import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsEmail, IsString, MaxLength } from 'class-validator';
import { MayBeLeftOut } from '../fields/optional.js';

const MAX_EMAILS = 20;
const MAX_EMAIL_LENGTH = 254;

export const EMAILS_DOCS = {
  type: 'array',
  items: { type: 'string', format: 'email', maxLength: MAX_EMAIL_LENGTH },
  example: ['owner@example.com'],
} as const;

/** The addresses that are told about a tenant's webhooks and usage. */
export function NotificationEmails(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      ...EMAILS_DOCS,
      maxItems: MAX_EMAILS,
      uniqueItems: true,
      default: [],
      description:
        'Who gets an e-mail when one of its webhooks is paused, and when a month’s launches reach a threshold of the plan. Each address gets an e-mail of its own. If empty, nobody is told.',
    }),
    MayBeLeftOut(),
    IsArray(),
    ArrayMaxSize(MAX_EMAILS),
    ArrayUnique((address: unknown) => String(address).toLowerCase()),
    IsString({ each: true }),
    MaxLength(MAX_EMAIL_LENGTH, { each: true }),
    IsEmail({}, { each: true, message: 'must be e-mail addresses' }),
  );
}
