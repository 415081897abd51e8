import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { MeController } from './me.controller.js';
import { SessionsController } from './sessions.controller.js';

@Module({ imports: [AuthModule], controllers: [MeController, SessionsController] })
export class MeModule {}
