import { RuntimeId } from '../fields/ids.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { Time } from '../fields/time.js';
import { PageQuery } from '../http/pagination.js';

/** The query of `GET /v1/event-rejections`. */
export class EventRejectionQuery extends PageQuery {
  @MayBeLeftOut()
  @RuntimeId({
    description: 'A session, package, dispatch or learner id of the body, in full.',
    example: 'sess_abc123',
  })
  q?: string;

  @Time('Refused at this time or later.')
  from?: Date;

  @Time('Refused before this time.')
  to?: Date;
}
