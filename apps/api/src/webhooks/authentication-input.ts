import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { AUTHENTICATION_TYPES, type WebhookAuthentication } from '@schoolbell/delivery';
import { isHeaderValue } from '@schoolbell/formats';
import { IsIn, IsString, MaxLength } from 'class-validator';
import type { FieldError } from '../http/api-error.js';
import { MayBeLeftOut } from '../http/optional.js';

const MAX_LENGTH = 1024;

/** How the receiver tells that a request is ours. */
export class AuthenticationInput {
  @ApiProperty({ enum: AUTHENTICATION_TYPES, default: 'signature' })
  @IsIn(AUTHENTICATION_TYPES)
  type!: WebhookAuthentication['type'];

  @ApiPropertyOptional({ maxLength: MAX_LENGTH, description: 'With `basic`.' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(MAX_LENGTH)
  username?: string;

  @ApiPropertyOptional({ maxLength: MAX_LENGTH, description: 'With `basic`. Never shown again.' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(MAX_LENGTH)
  password?: string;

  @ApiPropertyOptional({ maxLength: MAX_LENGTH, description: 'With `bearer`. Never shown again.' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(MAX_LENGTH)
  token?: string;
}

const FIELDS = {
  signature: [],
  basic: ['username', 'password'],
  bearer: ['token'],
  none: [],
} as const satisfies Record<WebhookAuthentication['type'], readonly string[]>;

/** What each kind of authentication needs, and nothing that it has no use for. */
export function authenticationFaults(input: AuthenticationInput): FieldError[] {
  const needed: readonly string[] = FIELDS[input.type];
  const faults: FieldError[] = [];
  for (const field of ['username', 'password', 'token'] as const) {
    const value = input[field];
    const path = `authentication.${field}`;
    if (needed.includes(field)) {
      const message = faultOf(field, value);
      if (message) faults.push({ path, message });
    } else if (value !== undefined) {
      faults.push({ path, message: `does not belong to the type ${input.type}` });
    }
  }
  return faults;
}

/** @param input without {@link authenticationFaults} */
export function toAuthentication(input: AuthenticationInput): WebhookAuthentication {
  switch (input.type) {
    case 'basic':
      return { type: 'basic', username: input.username!, password: input.password! };
    case 'bearer':
      return { type: 'bearer', token: input.token! };
    case 'signature':
    case 'none':
      return { type: input.type };
  }
}

function faultOf(field: 'username' | 'password' | 'token', value?: string): string | undefined {
  if (!value) return 'is required for this type';
  // RFC 7617: the first colon ends the user name.
  if (field === 'username' && value.includes(':')) return 'must not contain a colon';
  if (field === 'token' && (!isHeaderValue(value) || /\s/.test(value))) {
    return 'must be printable ASCII without spaces';
  }
  // oxlint-disable-next-line no-control-regex -- RFC 7617 forbids them
  return /[\u0000-\u001f\u007f]/.test(value) ? 'must not contain control characters' : undefined;
}
