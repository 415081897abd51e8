import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { Teams } from './teams.js';
import { UserSafety } from './user-safety.js';
import { UserSafetyController } from './user-safety.controller.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [AccountsModule, AuthModule],
  controllers: [UsersController, UserSafetyController],
  providers: [Teams, UsersService, UserSafety],
})
export class UsersModule {}
