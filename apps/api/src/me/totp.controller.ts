import { Controller, Delete, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Author } from '@schoolbell/identity';
import type { UserPrincipal } from '../auth/principal.js';
import { CurrentAuthor, CurrentUser } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { ValidBody } from '../http/valid.js';
import { OwnSecondFactor } from './own-second-factor.js';
import {
  ConfirmTotp,
  ProvenByBoth,
  RECOVERY_CODES_EXAMPLE,
  RecoveryCodesDocument,
  StartTotp,
  TOTP_EXAMPLE,
  TotpDocument,
} from './second-factor-documents.js';

const BOTH = { password: 'correct horse battery staple', code: '287082' };
const CODES = {
  status: 200,
  description: 'Ten codes that stand in for the app, shown only once.',
  type: RecoveryCodesDocument,
  example: RECOVERY_CODES_EXAMPLE,
};

/** The user's own second factor: an authenticator app, and recovery codes in case it is lost. */
@ApiTags('Signing in')
@Controller('v1/me/totp')
export class TotpController {
  constructor(private readonly secondFactor: OwnSecondFactor) {}

  @Post()
  @Operation({
    id: 'startTotp',
    summary: 'Set up a second factor',
    description: 'It is in use once you confirm it with a code.',
    permission: 'user',
    tenant: 'none',
    body: { type: StartTotp, example: { password: 'correct horse battery staple' } },
    answer: {
      status: 200,
      description: 'What the authenticator app needs, shown only once.',
      type: TotpDocument,
      example: TOTP_EXAMPLE,
    },
    errors: ['second_factor_active', 'wrong_password'],
  })
  async start(
    @CurrentUser() me: UserPrincipal,
    @ValidBody() { password }: StartTotp,
  ): Promise<TotpDocument> {
    return this.secondFactor.begin(me, password);
  }

  @Post('confirm')
  @Operation({
    id: 'confirmTotp',
    summary: 'Confirm the second factor',
    description: 'From now on, signing in needs a code. Ends all your sessions but this one.',
    permission: 'user',
    tenant: 'none',
    body: { type: ConfirmTotp, example: { code: '287082' } },
    answer: CODES,
    errors: ['second_factor_active', 'no_second_factor', 'wrong_code'],
  })
  async confirm(
    @CurrentUser() me: UserPrincipal,
    @CurrentAuthor() author: Author,
    @ValidBody() { code }: ConfirmTotp,
  ): Promise<RecoveryCodesDocument> {
    return { recoveryCodes: await this.secondFactor.confirm(me, code, author) };
  }

  @Post('recovery-codes')
  @Operation({
    id: 'replaceRecoveryCodes',
    summary: 'Make new recovery codes',
    description: 'The old codes no longer work.',
    permission: 'user',
    tenant: 'none',
    body: { type: ProvenByBoth, example: BOTH },
    answer: CODES,
    errors: ['no_second_factor', 'wrong_password', 'wrong_code'],
  })
  async replaceRecoveryCodes(
    @CurrentUser() me: UserPrincipal,
    @CurrentAuthor() author: Author,
    @ValidBody() body: ProvenByBoth,
  ): Promise<RecoveryCodesDocument> {
    return { recoveryCodes: await this.secondFactor.replaceRecoveryCodes(me, body, author) };
  }

  @Delete()
  @Operation({
    id: 'disableTotp',
    summary: 'Remove your second factor',
    permission: 'user',
    tenant: 'none',
    body: { type: ProvenByBoth, example: BOTH },
    answer: { status: 204, description: 'From now on, the password alone signs you in.' },
    errors: ['no_second_factor', 'wrong_password', 'wrong_code'],
  })
  async disable(
    @CurrentUser() me: UserPrincipal,
    @CurrentAuthor() author: Author,
    @ValidBody() body: ProvenByBoth,
  ): Promise<void> {
    await this.secondFactor.disable(me, body, author);
  }
}
