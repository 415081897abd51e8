import type { FormatInput, WireFormat } from '../../contract/wire-format.js';
import { compactJson } from '../../values/compact-json.js';
import { engineEnvelope } from './engine-envelope.js';
import { registrationOf } from './registration.js';

/**
 * SCORM Cloud's registration postbacks, as a form or as JSON: the authentication decides, as `authtype` does
 * there. Scores alone are not carried: without a completion they would say UNKNOWN and undo a COMPLETED.
 *
 * @see https://cloud.scorm.com/docs/api_reference/v1/registration/
 */
export const scormCloud: WireFormat = {
  name: 'scorm-cloud',
  carries: ['session.progress', 'session.completed'],
  contentType: ({ context }) =>
    context.credentials
      ? 'application/x-www-form-urlencoded; charset=UTF-8'
      : 'application/json; charset=UTF-8',
  body,
  usesContext: true,
  signature: null,
  signed: 'never',
  authentications: ['form', 'basic', 'none', 'bearer', 'oauth2'],
  settings: {
    field: 'scormCloud',
    description: 'Which of Rustici’s products the receiver is made for.',
    properties: {
      envelope: {
        type: 'string',
        enum: ['postback', 'webhook'],
        default: 'postback',
        description:
          'SCORM Cloud’s postback alone, or in the envelope of Rustici Engine’s webhooks.',
      },
    },
  },
};

function body({ events: [event], context }: FormatInput): string {
  const registration = registrationOf(event, context.tenant);
  const isEngine = context.webhook.settings['envelope'] === 'webhook';
  const json = compactJson(isEngine ? engineEnvelope(event, context, registration) : registration);
  if (!context.credentials) return json;
  const { username, password } = context.credentials;
  return new URLSearchParams({ data: json, userName: username, password }).toString();
}
