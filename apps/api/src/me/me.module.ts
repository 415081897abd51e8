import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { MeController } from './me.controller.js';
import { OwnAccount } from './own-account.js';
import { OwnSecondFactor } from './own-second-factor.js';
import { ProfileController } from './profile.controller.js';
import { SessionsController } from './sessions.controller.js';
import { TotpController } from './totp.controller.js';

@Module({
  imports: [AccountsModule, AuthModule],
  controllers: [MeController, ProfileController, SessionsController, TotpController],
  providers: [OwnAccount, OwnSecondFactor],
})
export class MeModule {}
