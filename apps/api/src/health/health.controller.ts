import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Operation } from '../docs/operation.js';
import { type Readiness, ReadinessProbe } from './readiness.js';

const STATUS = { type: 'string', enum: ['up', 'degraded', 'down'] };
const CHECK = {
  type: 'object',
  required: ['status'],
  properties: { status: STATUS, detail: { type: 'string' }, warning: { type: 'string' } },
};
const READINESS = {
  type: 'object',
  required: ['status', 'checks'],
  properties: {
    status: STATUS,
    checks: {
      type: 'object',
      required: ['postgres', 'migrations', 'queue'],
      properties: { postgres: CHECK, migrations: CHECK, queue: CHECK },
    },
  },
};
const UP = { status: 'up' };
const READY = { status: 'up', checks: { postgres: UP, migrations: UP, queue: UP } };
const AWAY = { status: 'down', detail: 'Postgres does not answer.' };

/** For load balancers and orchestrators. */
@ApiTags('Service')
@Controller('health')
export class HealthController {
  constructor(private readonly probe: ReadinessProbe) {}

  @Get('live')
  @Operation({
    id: 'getLiveness',
    summary: 'Is the process alive?',
    permission: 'public',
    answer: {
      status: 200,
      description: 'It is.',
      schema: { type: 'object', required: ['status'], properties: { status: STATUS } },
      example: UP,
    },
  })
  live(): { status: 'up' } {
    return { status: 'up' };
  }

  @Get('ready')
  @Operation({
    id: 'getReadiness',
    summary: 'Is the service ready to work?',
    description:
      'Without the queue the service is `degraded` and goes on working: events are accepted and delivered, a little later. A `warning` says what may go wrong although all is well now.',
    permission: 'public',
    answer: {
      status: 200,
      description: 'It is; `degraded` says that something works in a slower way.',
      schema: READINESS as never,
      example: READY,
    },
  })
  @ApiResponse({
    status: 503,
    description: 'It is not: Postgres is away or takes no writes, or migrations are missing.',
    content: {
      'application/json': {
        schema: READINESS as never,
        example: { status: 'down', checks: { postgres: AWAY, migrations: AWAY, queue: UP } },
      },
    },
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.probe.check();
    if (readiness.status === 'down') {
      reply.status(HttpStatus.SERVICE_UNAVAILABLE).header('Retry-After', '2');
    }
    return readiness;
  }
}
