import { Body, Controller, Header, Options, Post, Query, Req } from '@nestjs/common';
import { ApiConsumes, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Operation, type OperationContract } from '../docs/operation.js';
import { CommitDocument, TAKEN } from './commit-document.js';
import { COMMIT_EXAMPLE, SERVER_COMMIT_EXAMPLE } from './commit-examples.js';
import { SERVER_COMMIT } from './commit-input.js';
import { COMMIT_BODY_LIMIT } from './commit-limits.js';
import { CommitTaker } from './commit-taker.js';
import { SCORM_PROBLEM } from './scorm-error.js';

const ANSWER = { status: 200, description: 'It is stored.', type: CommitDocument, example: TAKEN };

const OF_PAGES = {
  permission: 'public',
  byLaunchToken: true,
  problem: SCORM_PROBLEM,
} as const satisfies Partial<OperationContract>;

const TOKEN_PARAM = { name: 'token', description: 'The last part of the launch’s `commitUrl`.' };

/** The body alone defines a commit; `?terminate=true`, under any name, marks the last one. */
const PLAYER_COMMIT = {
  type: 'object',
  description: 'What scorm-again, or a player of its kind, commits: `{"cmi": {…}}`.',
  properties: { cmi: { type: 'object' } },
  additionalProperties: true,
};

/** How long a browser may cache a preflight. Seconds. */
const PREFLIGHT_MAX_AGE = '600';

@ApiTags('SCORM')
@Controller('v1/scorm/commits')
export class CommitsController {
  constructor(private readonly taker: CommitTaker) {}

  @Post()
  @Operation({
    id: 'commit',
    summary: 'Commit from the server of a runtime',
    description:
      'For runtimes whose player commits to their own server. The first commit of an unknown launch emits `session.launched` before what follows from it.',
    permission: 'events:write',
    tenant: 'optional',
    bodyLimit: COMMIT_BODY_LIMIT,
    anyJson: true,
    body: { schema: SERVER_COMMIT as never, example: SERVER_COMMIT_EXAMPLE },
    answer: ANSWER,
    errors: ['tenant_required'],
    problem: SCORM_PROBLEM,
  })
  async commit(@Body() body: unknown, @Req() request: FastifyRequest): Promise<CommitDocument> {
    await this.taker.takeOfServer(body, request);
    return TAKEN;
  }

  @Post(':token')
  @ApiParam(TOKEN_PARAM)
  @ApiConsumes('application/json', 'text/plain')
  @Operation({
    id: 'commitOfPage',
    ...OF_PAGES,
    summary: 'Commit from the page of a player',
    description:
      'The token in the URL is the credential: `commitUrl` of a launch goes into `lmsCommitUrl` of scorm-again. A query parameter with the value `true`, whatever its name, says that the commit is the last one of its page.',
    bodyLimit: COMMIT_BODY_LIMIT,
    anyJson: true,
    body: { schema: PLAYER_COMMIT as never, example: COMMIT_EXAMPLE },
    answer: ANSWER,
    errors: ['launch_not_found', 'origin_not_allowed'],
  })
  async commitOfPage(
    @Body() body: unknown,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
  ): Promise<CommitDocument> {
    const terminate = Object.values(query).flat().includes('true');
    await this.taker.takeOfPage(request.launch!, body, terminate);
    return TAKEN;
  }

  @Options(':token')
  @ApiParam(TOKEN_PARAM)
  @Header('Access-Control-Allow-Methods', 'POST, OPTIONS')
  @Header('Access-Control-Allow-Headers', 'Content-Type, Authorization')
  @Header('Access-Control-Max-Age', PREFLIGHT_MAX_AGE)
  @Operation({
    id: 'mayPageCommit',
    ...OF_PAGES,
    summary: 'Ask whether a page may commit',
    description: 'What browsers ask before a page of the launch’s `origin` commits (CORS).',
    answer: { status: 204, description: 'It may.' },
    errors: ['launch_not_found', 'origin_not_allowed'],
  })
  mayCommit(): void {}
}
