import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { errorsPage } from './errors-page.js';

/** For people, so it is not part of the OpenAPI document. */
@ApiExcludeController()
@Controller('docs/errors')
export class ErrorsController {
  private readonly page = errorsPage();

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  show(): string {
    return this.page;
  }
}
