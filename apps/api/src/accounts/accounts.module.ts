import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { AccountLimiter } from './account-limiter.js';
import { DeferredWork } from './deferred-work.js';
import { LinkEntry } from './link-entry.js';
import { LinksController } from './links.controller.js';
import { NewPasswords } from './new-passwords.js';

/** Opening an account by a link in an e-mail, and choosing its password. */
@Module({
  imports: [AuthModule],
  controllers: [LinksController],
  providers: [AccountLimiter, DeferredWork, LinkEntry, NewPasswords],
  exports: [AccountLimiter, NewPasswords],
})
export class AccountsModule {}
