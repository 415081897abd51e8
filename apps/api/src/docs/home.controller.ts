import { Controller, Get, HttpStatus, Redirect } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

/** Whoever opens the bare address in a browser finds the documentation. */
@ApiExcludeController()
@Controller()
export class HomeController {
  @Get()
  @Redirect('/docs', HttpStatus.FOUND)
  show(): void {}
}
