import { Module } from '@nestjs/common';
import { SettingsModule } from '../settings/settings.module.js';
import { MailsController } from './mails.controller.js';

@Module({ imports: [SettingsModule], controllers: [MailsController] })
export class MailsModule {}
