import type { WireFormat } from '../../contract/wire-format.js';
import { lrsAnswers } from './answers/lrs-answers.js';
import { statementsOf } from './statement/statements-of.js';
import { statementsUrl } from './statements-url.js';
import { readXapiSettings, xapiSettings } from './xapi-settings.js';

const VERSION_HEADER = 'X-Experience-API-Version';

/**
 * xAPI statements to a Learning Record Store: `POST` of one statement, or of an array of them.
 *
 * @see https://github.com/adlnet/xAPI-Spec (1.0.3) and IEEE 9274.1.1 (2.0.0)
 */
export const xapi: WireFormat = {
  name: 'xapi',
  carries: ['session.launched', 'session.progress', 'session.scored', 'session.completed'],
  contentType: () => 'application/json',
  headers: ({ context }) => [
    ['Accept', 'application/json'],
    [VERSION_HEADER, readXapiSettings(context.webhook.settings).version],
  ],
  headerNames: ['Accept', VERSION_HEADER],
  body: (input) => {
    const statements = statementsOf(input);
    const alone = statements.length === 1 && !input.isBatch;
    return JSON.stringify(alone ? statements[0] : statements);
  },
  usesContext: true,
  signature: null,
  signed: 'never',
  authentications: ['basic', 'oauth2', 'bearer', 'none'],
  settings: xapiSettings,
  batches: { maxEvents: 100, sameType: false },
  url: statementsUrl,
  answers: lrsAnswers,
};
