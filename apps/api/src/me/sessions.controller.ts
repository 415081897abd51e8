import { Controller, Delete, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Author } from '@schoolbell/identity';
import { SessionRepository } from '@schoolbell/persistence';
import type { UserPrincipal } from '../auth/principal.js';
import { CurrentAuthor, CurrentUser } from '../auth/request-context.js';
import { UserAuthenticator } from '../auth/user-authenticator.js';
import { Operation } from '../docs/operation.js';
import { notFound } from '../http/api-error.js';
import { IdParam } from '../http/id-param.js';
import { decodeCursor, type Page, PageQuery, toPage } from '../http/pagination.js';
import { ValidQuery } from '../http/valid.js';
import {
  presentUserSession,
  USER_SESSION_EXAMPLE,
  UserSessionDocument,
} from './user-session-document.js';

/** The devices on which the user is signed in. */
@ApiTags('Signing in')
@Controller('v1/me/sessions')
export class SessionsController {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly authenticator: UserAuthenticator,
  ) {}

  @Get()
  @Operation({
    id: 'listMySessions',
    summary: 'List your sessions',
    permission: 'user',
    tenant: 'none',
    answer: {
      status: 200,
      description: 'Newest first; sessions that have ended are left out.',
      pageOf: UserSessionDocument,
      example: { data: [USER_SESSION_EXAMPLE], nextCursor: null },
    },
    errors: ['validation_failed'],
  })
  async list(
    @CurrentUser() user: UserPrincipal,
    @ValidQuery() { limit, cursor }: PageQuery,
  ): Promise<Page<UserSessionDocument>> {
    const before = decodeCursor(cursor);
    const rows = await this.sessions.list(user, { before, limit: limit + 1 });
    return toPage(rows, limit, (session) => presentUserSession(session, user.sessionId));
  }

  @Delete()
  @Operation({
    id: 'endMyOtherSessions',
    summary: 'Sign out everywhere else',
    description: 'Takes effect at once; at other API processes, within 5 seconds.',
    permission: 'user',
    tenant: 'none',
    body: 'none',
    answer: { status: 204, description: 'The session of this request is the only one left.' },
  })
  async endOthers(
    @CurrentUser() user: UserPrincipal,
    @CurrentAuthor() author: Author,
  ): Promise<void> {
    const which = { except: user.sessionId, reason: 'ended_elsewhere' } as const;
    await this.sessions.end(user, author, which);
    this.authenticator.forgetAll();
  }

  @Delete(':id')
  @Operation({
    id: 'endMySession',
    summary: 'End one of your sessions',
    description: 'Takes effect at once; at other API processes, within 5 seconds.',
    permission: 'user',
    tenant: 'none',
    body: 'none',
    answer: { status: 204, description: 'Its tokens are refused from now on.' },
    errors: ['not_found'],
  })
  async end(
    @CurrentUser() user: UserPrincipal,
    @CurrentAuthor() author: Author,
    @IdParam('session') id: string,
  ): Promise<void> {
    const reason = id === user.sessionId ? 'signed_out' : 'ended_elsewhere';
    const ended = await this.sessions.end(user, author, { id, reason });
    if (ended === 0) throw notFound('session');
    this.authenticator.forgetAll();
  }
}
