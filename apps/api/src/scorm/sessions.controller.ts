import { Controller, Get, Param } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { isId } from '@schoolbell/catalogue';
import { ScormSessionRepository } from '@schoolbell/persistence';
import { TenantId } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { ListLane } from '../fairness/list-lane.js';
import { notFound } from '../http/api-error.js';
import { presentSession, SessionDocument } from './session-document.js';
import { SESSION_EXAMPLE } from './session-example.js';

@ApiTags('SCORM')
@Controller('v1/scorm/sessions')
export class SessionsController {
  constructor(
    private readonly sessions: ScormSessionRepository,
    private readonly lane: ListLane,
  ) {}

  @Get(':sessionId')
  @ApiParam({ name: 'sessionId', description: 'As the runtime names it.' })
  @Operation({
    id: 'getScormSession',
    summary: 'Get what came of the commits of a session',
    description:
      'The state of its attempts, its launches, and the events that were emitted. States are kept as long as events, counted from their last commit.',
    permission: 'events:read',
    answer: {
      status: 200,
      description: 'The session.',
      type: SessionDocument,
      example: SESSION_EXAMPLE,
    },
    errors: ['not_found', 'query_too_slow'],
  })
  async get(
    @TenantId() tenantId: string,
    @Param('sessionId') sessionId: string,
  ): Promise<SessionDocument> {
    if (!isId(sessionId)) throw notFound('session');
    const record = await this.lane.read(tenantId, () => this.sessions.find(tenantId, sessionId));
    if (!record) throw notFound('session');
    return presentSession(sessionId, record);
  }
}
