import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { BodySight } from './body-sight.js';
import { SettingsController } from './settings.controller.js';

@Module({
  imports: [AuthModule],
  controllers: [SettingsController],
  providers: [BodySight],
  exports: [BodySight],
})
export class SettingsModule {}
