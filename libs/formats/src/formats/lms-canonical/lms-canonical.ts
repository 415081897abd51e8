import { USUAL_AUTHENTICATIONS, type WireFormat } from '../../contract/wire-format.js';
import { compactJson } from '../../values/compact-json.js';
import { messageId } from '../../values/message-id.js';
import { unixSeconds } from '../../values/unix-seconds.js';
import { courseCompletion } from './course-completion.js';

/** The canonical pattern of the LMS integration guide. Whatever it carries is a `course.completion`. */
export const lmsCanonical: WireFormat = {
  name: 'lms-canonical',
  carries: ['session.completed', 'enrollment.completed'],
  contentType: () => 'application/json',
  body: ({ events: [event], context }) =>
    compactJson({
      id: messageId(event),
      event: 'course.completion',
      version: '1.0',
      fired_at: event.occurredAt.toISOString(),
      timestamp: unixSeconds(event.occurredAt),
      original_domain: context.tenant.domain,
      payload: courseCompletion(event),
    }),
  usesContext: true,
  signature: { header: 'X-Hub-Signature-256', encoding: 'hex', prefix: 'sha256=' },
  signed: 'as_asked',
  authentications: USUAL_AUTHENTICATIONS,
};
