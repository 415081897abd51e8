import { Module } from '@nestjs/common';
import { ErrorsController } from './errors.controller.js';
import { HomeController } from './home.controller.js';

@Module({ controllers: [ErrorsController, HomeController] })
export class DocsModule {}
