import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { BodyVisibility } from './body-visibility.js';
import { SettingsController } from './settings.controller.js';

@Module({
  imports: [AuthModule],
  controllers: [SettingsController],
  providers: [BodyVisibility],
  exports: [BodyVisibility],
})
export class SettingsModule {}
