import { Controller, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Author } from '@schoolbell/identity';
import type { UserPrincipal } from '../auth/principal.js';
import { CurrentAuthor, CurrentUser } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { ValidBody } from '../http/valid.js';
import { ME_EXAMPLE, MeDocument, presentMe } from './me-documents.js';
import { OwnAccount } from './own-account.js';
import { ChangeMe, ChangePassword } from './profile-input.js';

/** The user's own account. */
@ApiTags('Signing in')
@Controller('v1/me')
export class ProfileController {
  constructor(private readonly account: OwnAccount) {}

  @Patch()
  @Operation({
    id: 'updateMe',
    summary: 'Change your name',
    permission: 'user',
    tenant: 'none',
    body: { type: ChangeMe, example: { name: 'Ada King' } },
    answer: {
      status: 200,
      description: 'You, as you are now.',
      type: MeDocument,
      example: ME_EXAMPLE,
    },
  })
  async update(
    @CurrentUser() me: UserPrincipal,
    @CurrentAuthor() author: Author,
    @ValidBody() body: ChangeMe,
  ): Promise<MeDocument> {
    return presentMe(await this.account.rename(me, body, author), me.mustEnrol);
  }

  @Post('password')
  @Operation({
    id: 'changePassword',
    summary: 'Change your password',
    description: 'Ends all your sessions but this one. You get an e-mail about it.',
    permission: 'user',
    tenant: 'none',
    body: {
      type: ChangePassword,
      example: { current: 'correct horse battery staple', password: 'copper lantern drifts west' },
    },
    answer: { status: 204, description: 'The new password is valid from now on.' },
    errors: ['wrong_password'],
  })
  async changePassword(
    @CurrentUser() me: UserPrincipal,
    @CurrentAuthor() author: Author,
    @ValidBody() body: ChangePassword,
  ): Promise<void> {
    await this.account.changePassword(me, body, author);
  }
}
