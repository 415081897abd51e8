import { USUAL_AUTHENTICATIONS, type WireFormat } from '../../contract/wire-format.js';
import { compactJson } from '../../values/compact-json.js';
import { courseCompletion } from './course-completion.js';

const TYPE_HEADER = 'X-Webhook-Type';

/**
 * LearnUpon's webhooks, version 2: `{"data":[…]}` with the type of all its entries in a header. Every type that
 * it carries is a `course_completion`.
 *
 * @see https://docs.learnupon.com/webhooks/v2/
 */
export const learnupon: WireFormat = {
  name: 'learnupon',
  carries: ['session.completed', 'enrollment.completed'],
  contentType: () => 'application/json',
  headers: () => [[TYPE_HEADER, 'course_completion']],
  headerNames: [TYPE_HEADER],
  body: ({ events }) => compactJson({ data: events.map(courseCompletion) }),
  usesContext: false,
  signature: { header: 'X-Webhook-Signature', encoding: 'hex', prefix: '' },
  signed: 'as_asked',
  authentications: USUAL_AUTHENTICATIONS,
  batches: { maxEvents: 10, sameType: true },
};
