import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../docs/operation.js';

@ApiTags('Service')
@Controller('health')
export class HealthController {
  @Get('live')
  @Operation({
    summary: 'Is the process alive?',
    permission: 'public',
    answer: {
      status: 200,
      description: 'It is.',
      schema: { type: 'object', properties: { status: { type: 'string', enum: ['up'] } } },
      example: { status: 'up' },
    },
  })
  live(): { status: 'up' } {
    return { status: 'up' };
  }
}
