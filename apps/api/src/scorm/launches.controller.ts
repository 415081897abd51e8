import { Body, Controller, Inject, Post, Req } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { API_SETTINGS, type ApiSettings } from '../config/api-settings.js';
import { Operation } from '../docs/operation.js';
import { LAUNCH_EXAMPLE, OPENED_LAUNCH_EXAMPLE } from './commit-examples.js';
import { LaunchDocument } from './launch-document.js';
import { LAUNCH } from './launch-input.js';
import { LaunchOpener } from './launch-opener.js';

@ApiTags('SCORM')
@Controller('v1/scorm/launches')
export class LaunchesController {
  constructor(
    private readonly opener: LaunchOpener,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Post()
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      'Makes a repeat safe: the same key and body open the launch once. Each answer has a URL of its own, and the last one holds.',
  })
  @Operation({
    id: 'openLaunch',
    summary: 'Open a launch of a SCORM package',
    description:
      'For runtimes whose player commits from the browser. Emits `session.launched`; give `commitUrl` to the player.',
    permission: 'events:write',
    tenant: 'optional',
    body: { schema: LAUNCH as never, example: LAUNCH_EXAMPLE },
    answer: {
      status: 201,
      description: 'The launch.',
      type: LaunchDocument,
      example: OPENED_LAUNCH_EXAMPLE,
    },
    errors: ['tenant_required', 'idempotency_conflict'],
  })
  async open(@Body() body: unknown, @Req() request: FastifyRequest): Promise<LaunchDocument> {
    const { launchId, token, expiresAt } = await this.opener.open(body, request);
    const base = this.settings.publicUrl ?? `${request.protocol}://${request.host}`;
    const commitUrl = `${base.replace(/\/$/, '')}/v1/scorm/commits/${token}`;
    return { launchId, commitUrl, expiresAt: expiresAt.toISOString() };
  }
}
