import { Controller, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../docs/operation.js';
import { ValidBody } from '../http/valid.js';
import { DEVICE_COOKIE, readCookie } from './auth-cookies.js';
import { LoginCheck } from './login-check.js';
import { Login, LOGIN_EXAMPLE, LoginDocument } from './login-documents.js';
import { SessionTokens } from './session-tokens.js';
import { UserAuthenticator } from './user-authenticator.js';

const TOKENS = { type: LoginDocument, example: LOGIN_EXAMPLE };
const OWN_SITE = 'Needs `Content-Type: application/json`; requests from another site are refused.';

/** Signing in and out. */
@ApiTags('Signing in')
@Controller('v1/auth')
export class AuthController {
  constructor(
    private readonly check: LoginCheck,
    private readonly tokens: SessionTokens,
    private readonly authenticator: UserAuthenticator,
  ) {}

  @Post('login')
  @Operation({
    id: 'signIn',
    summary: 'Sign in',
    description: `Opens a session. Its refresh token is set as a cookie, HttpOnly and for \`/v1/auth\` alone; the access token is in the answer. Ten logins a minute for each address. ${OWN_SITE}`,
    permission: 'public',
    sameOrigin: true,
    body: {
      type: Login,
      example: { email: 'owner@acme-learning.example', password: 'correct horse battery staple' },
    },
    answer: { status: 200, description: 'The session is open.', ...TOKENS },
    errors: ['invalid_credentials', 'second_factor_required'],
  })
  async signIn(
    @ValidBody() login: Login,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginDocument> {
    const deviceToken = readCookie(request, DEVICE_COOKIE);
    const user = await this.check.userOf(login, { address: request.ip, deviceToken });
    return this.tokens.open(user, request, reply);
  }

  @Post('refresh')
  @Operation({
    id: 'refreshSession',
    summary: 'Get a new access token',
    description: `Uses the cookie that signing in set, and replaces it. A cookie that was replaced long ago ends the session, because somebody may have a copy of it. ${OWN_SITE}`,
    permission: 'public',
    sameOrigin: true,
    body: 'none',
    answer: { status: 200, description: 'The next tokens.', ...TOKENS },
    errors: ['session_ended'],
  })
  async refresh(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginDocument> {
    return this.tokens.refresh(request, reply);
  }

  @Post('logout')
  @Operation({
    id: 'signOut',
    summary: 'Sign out',
    description: `Ends the session of the cookie, also for its access tokens. ${OWN_SITE}`,
    permission: 'public',
    sameOrigin: true,
    body: 'none',
    answer: { status: 204, description: 'The session has ended.' },
  })
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const ended = await this.tokens.end(request, reply);
    if (ended !== undefined) this.authenticator.forget(ended);
  }
}
