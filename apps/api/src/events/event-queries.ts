import { fromTypeId } from '@schoolbell/ids';
import type { EventFilter } from '@schoolbell/persistence';
import { TypeName } from '../event-types/type-name.js';
import { FlagInQuery } from '../fields/flag.js';
import { RuntimeId } from '../fields/ids.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { Time } from '../fields/time.js';
import { PageQuery } from '../http/pagination.js';

/** The query of `GET /v1/events`. All filters must match. */
export class EventQuery extends PageQuery {
  @MayBeLeftOut()
  @TypeName({ description: 'Only events of this type.' })
  type?: string;

  @MayBeLeftOut()
  @RuntimeId({ description: 'Only events of this session.', example: 'sess_abc123' })
  sessionId?: string;

  @MayBeLeftOut()
  @RuntimeId({ description: 'Only events of this package.' })
  packageId?: string;

  @MayBeLeftOut()
  @RuntimeId({ description: 'Only events of this dispatch.' })
  dispatchId?: string;

  @MayBeLeftOut()
  @RuntimeId({ description: 'Only events of this learner.' })
  learnerId?: string;

  @MayBeLeftOut()
  @RuntimeId({ description: 'An event, session, package, dispatch or learner id, in full.' })
  q?: string;

  @MayBeLeftOut()
  @FlagInQuery({
    description: '`true`: only events that no webhook wanted, so that they have no delivery.',
  })
  unwanted?: boolean;

  @Time('Accepted at this time or later.')
  from?: Date;

  @Time('Accepted before this time.')
  to?: Date;
}

/** The query in the repository's terms. */
export function toEventFilter(query: EventQuery): EventFilter {
  const { type, sessionId, packageId, dispatchId, learnerId, q, unwanted, from, to } = query;
  const filter = { type, sessionId, packageId, dispatchId, learnerId, unwanted, from, to };
  if (q === undefined) return filter;
  // Runtime ids are never parsed: a text in the form of a Schoolbell id can still be a runtime's id.
  const eventId = fromTypeId('event', q);
  return eventId ? { ...filter, eventId } : { ...filter, subjectId: q };
}
