import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { Teams } from './teams.js';
import { UserRecovery } from './user-recovery.js';
import { UserRecoveryController } from './user-recovery.controller.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [AccountsModule, AuthModule],
  controllers: [UsersController, UserRecoveryController],
  providers: [Teams, UsersService, UserRecovery],
})
export class UsersModule {}
