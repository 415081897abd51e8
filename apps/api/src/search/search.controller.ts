import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SearchRepository } from '@schoolbell/persistence';
import { TenantId } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { ListLane } from '../fairness/list-lane.js';
import { ValidQuery } from '../http/valid.js';
import { presentFindings } from './present-findings.js';
import { searchCandidates } from './search-candidates.js';
import { SEARCH_EXAMPLE, SearchDocument } from './search-hit.js';
import { SearchQuery } from './search-query.js';

@ApiTags('Search')
@Controller('v1/search')
export class SearchController {
  constructor(
    private readonly findings: SearchRepository,
    private readonly lane: ListLane,
  ) {}

  @Get()
  @Operation({
    id: 'search',
    summary: 'Find what an id belongs to',
    description:
      'Takes whatever is at hand: the id of an event, delivery, attempt, webhook, batch, operation, session, package, dispatch or learner, or a URL, `curl` or JSON that holds some. Ids are matched in full.',
    permission: 'deliveries:read',
    answer: {
      status: 200,
      description: 'What was found.',
      type: SearchDocument,
      example: SEARCH_EXAMPLE,
    },
    errors: ['validation_failed', 'query_too_slow'],
  })
  async search(
    @TenantId() tenantId: string,
    @ValidQuery() { q }: SearchQuery,
  ): Promise<SearchDocument> {
    const candidates = searchCandidates(q);
    const findings = await this.lane.read(tenantId, () => this.findings.find(tenantId, candidates));
    return { data: presentFindings(findings, candidates) };
  }
}
