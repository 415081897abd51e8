import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { UserRepository } from '@schoolbell/persistence';
import { unauthenticated } from '../auth/authenticator.js';
import type { UserPrincipal } from '../auth/principal.js';
import { CurrentUser } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { ME_EXAMPLE, MeDocument, presentMe } from './me-documents.js';

/** The signed-in user, about themselves. */
@ApiTags('Signing in')
@Controller('v1/me')
export class MeController {
  constructor(private readonly users: UserRepository) {}

  @Get()
  @Operation({
    id: 'getMe',
    summary: 'See who you are and what you may do',
    permission: 'user',
    tenant: 'none',
    answer: { status: 200, description: 'You.', type: MeDocument, example: ME_EXAMPLE },
  })
  async get(@CurrentUser() { id, mustEnrol }: UserPrincipal): Promise<MeDocument> {
    const user = await this.users.findById(id);
    if (!user) throw unauthenticated();
    return presentMe(user, mustEnrol);
  }
}
