import type { EventToSend } from '../../../contract/event-to-send.js';
import type { KnownData } from '../../../contract/known-data.js';
import { hasPassed } from '../../../values/has-passed.js';
import type { XapiSettings } from '../xapi-settings.js';
import { progressOf } from './progress-of.js';
import { scoreOf } from './score-of.js';
import type { StatementResult } from './statement.js';

/** What one statement says of a session. */
export interface Report {
  verb: 'launched' | 'progressed' | 'scored' | 'completed' | 'passed' | 'failed';
  /** Empty where there is nothing to say. */
  result: StatementResult;
}

/** What an event of a session reports: one statement, or two when success stands in a statement of its own. */
export function reportsOf({ type, data }: EventToSend, style: XapiSettings['style']): Report[] {
  switch (type) {
    case 'session.progress':
      return [{ verb: 'progressed', result: { ...durationOf(data), ...progressOf(data) } }];
    case 'session.scored':
      return [{ verb: 'scored', result: { ...assessmentOf(data), ...durationOf(data) } }];
    case 'session.completed':
      return style === 'split' ? separateReports(data) : [completionReport(data)];
    default:
      return [{ verb: 'launched', result: {} }];
  }
}

function completionReport(data: KnownData): Report {
  const result = { ...assessmentOf(data), ...completionOf(data), ...durationOf(data) };
  return { verb: 'completed', result };
}

/** Without success there is one statement only, which keeps the score. */
function separateReports(data: KnownData): Report[] {
  const { successStatus } = data;
  if (successStatus !== 'passed' && successStatus !== 'failed') return [completionReport(data)];
  return [
    { verb: 'completed', result: { ...completionOf(data), ...durationOf(data) } },
    { verb: successStatus, result: { ...assessmentOf(data), ...durationOf(data) } },
  ];
}

function assessmentOf(data: KnownData): StatementResult {
  const score = scoreOf(data);
  const success = hasPassed(data);
  return { ...(score && { score }), ...(success !== undefined && { success }) };
}

/** A session may be completed by being passed: nothing is known of its completion then. */
const completionOf = ({ completionStatus }: KnownData): StatementResult =>
  completionStatus === 'completed' ? { completion: true } : {};

const durationOf = ({ totalTime }: KnownData): StatementResult =>
  totalTime === undefined ? {} : { duration: totalTime };
