import { ApiPropertyOptional } from '@nestjs/swagger';
import type { AuditFilter } from '@schoolbell/persistence';
import { IsString, Length } from 'class-validator';
import { MAX_NAME_LENGTH } from '../event-types/event-type-names.js';
import { MayBeLeftOut } from '../http/optional.js';
import { PageQuery } from '../http/pagination.js';
import { Time } from '../http/time-query.js';

const ID_LENGTH = 64;

/** The query of `GET /v1/audit-log`. All filters hold together. */
export class AuditQuery extends PageQuery {
  @ApiPropertyOptional({
    maxLength: ID_LENGTH,
    description: 'Only what this user or API key did.',
    example: 'usr_01jcfpwpg0fgx9p79fda74r401',
  })
  @MayBeLeftOut()
  @IsString()
  @Length(1, ID_LENGTH)
  actor?: string;

  @ApiPropertyOptional({
    maxLength: ID_LENGTH,
    description: 'Only changes of this kind.',
    example: 'webhook.updated',
  })
  @MayBeLeftOut()
  @IsString()
  @Length(1, ID_LENGTH)
  action?: string;

  @ApiPropertyOptional({
    maxLength: MAX_NAME_LENGTH,
    description: 'Only what was done to this resource: its id or, for an event type, its name.',
    example: 'wh_01jcfpwpg0fgx9p79fda74r401',
  })
  @MayBeLeftOut()
  @IsString()
  @Length(1, MAX_NAME_LENGTH)
  resource?: string;

  @Time('Done at this time or later.')
  from?: Date;

  @Time('Done before this time.')
  to?: Date;
}

/** The query as the repository takes it. */
export function toAuditFilter({ actor, action, resource, from, to }: AuditQuery): AuditFilter {
  return { actorId: actor, action, resourceId: resource, from, to };
}
