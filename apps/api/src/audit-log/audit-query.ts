import type { AuditFilter } from '@schoolbell/persistence';
import { TypeName } from '../event-types/type-name.js';
import { OwnId } from '../fields/ids.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { Text } from '../fields/text.js';
import { Time } from '../fields/time.js';
import { PageQuery } from '../http/pagination.js';

/** The query of `GET /v1/audit-log`. All filters hold together. */
export class AuditQuery extends PageQuery {
  @MayBeLeftOut()
  @OwnId({
    description: 'Only what this user or API key did.',
    example: 'usr_01jcfpwpg0fgx9p79fda74r401',
  })
  actor?: string;

  @MayBeLeftOut()
  @Text({
    minLength: 1,
    maxLength: 64,
    description: 'Only changes of this kind.',
    example: 'webhook.updated',
  })
  action?: string;

  @MayBeLeftOut()
  @TypeName({
    description: 'Only what was done to this resource: its id or, for an event type, its name.',
    example: 'wh_01jcfpwpg0fgx9p79fda74r401',
  })
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
