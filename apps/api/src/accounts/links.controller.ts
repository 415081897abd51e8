import { Controller, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccountRepository, normalizedEmail } from '@schoolbell/persistence';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LOGIN_EXAMPLE, LoginDocument } from '../auth/login-documents.js';
import { SessionTokens } from '../auth/session-tokens.js';
import { visitOf } from '../auth/visit-of.js';
import { Operation } from '../docs/operation.js';
import { ValidBody } from '../http/valid.js';
import { AccountLimiter } from './account-limiter.js';
import { DeferredWork } from './deferred-work.js';
import { LinkEntry } from './link-entry.js';
import { AcceptInvitation, ForgotPassword, ResetPassword } from './link-input.js';

const SIGNED_IN = {
  status: 200,
  description: 'The user is signed in, as by a login.',
  type: LoginDocument,
  example: LOGIN_EXAMPLE,
};
const TOKEN = '7Vb2uMkXq9TaFZ1nq3YcJ6hWpRdE8sLgKxAoUiBvCtN';
const PASSWORD = 'copper lantern drifts west';

/** Signing in by links from e-mails. */
@ApiTags('Signing in')
@Controller('v1/auth')
export class LinksController {
  constructor(
    private readonly entry: LinkEntry,
    private readonly tokens: SessionTokens,
    private readonly accounts: AccountRepository,
    private readonly deferred: DeferredWork,
    private readonly limiter: AccountLimiter,
  ) {}

  @Post('invitations/accept')
  @Operation({
    id: 'acceptInvitation',
    summary: 'Accept an invitation',
    description: 'With the token of the link in the e-mail, once, within 72 hours.',
    permission: 'public',
    sameOrigin: true,
    body: {
      type: AcceptInvitation,
      example: { token: TOKEN, password: PASSWORD, name: 'Ada Lovelace' },
    },
    answer: SIGNED_IN,
    errors: ['link_invalid'],
  })
  async accept(
    @ValidBody() body: AcceptInvitation,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginDocument> {
    const user = await this.entry.enter('invitation', body, visitOf(request));
    return this.tokens.open(user, request, reply);
  }

  @Post('password/forgot')
  @Operation({
    id: 'forgotPassword',
    summary: 'Ask for a new password',
    description:
      'If a user has this address, they get an e-mail with a link that works once, within 30 minutes. The answer is the same if no user has it.',
    permission: 'public',
    body: { type: ForgotPassword, example: { email: 'ada@northwind.example' } },
    answer: { status: 202, description: 'If a user has this address, an e-mail is on its way.' },
  })
  forgot(@ValidBody() body: ForgotPassword, @Req() request: FastifyRequest): void {
    const email = normalizedEmail(body.email);
    this.limiter.countForgotten(request.ip);
    this.deferred.defer(() => this.accounts.sendReset(email));
  }

  @Post('password/reset')
  @Operation({
    id: 'resetPassword',
    summary: 'Choose a new password',
    description:
      'With the token of the link in the e-mail, once, within 30 minutes. Ends every session of the user.',
    permission: 'public',
    sameOrigin: true,
    body: { type: ResetPassword, example: { token: TOKEN, password: PASSWORD } },
    answer: SIGNED_IN,
    errors: ['link_invalid', 'second_factor_required', 'invalid_credentials'],
  })
  async reset(
    @ValidBody() body: ResetPassword,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginDocument> {
    const user = await this.entry.enter('password_reset', body, visitOf(request));
    return this.tokens.open(user, request, reply);
  }
}
