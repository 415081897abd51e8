import { SessionData } from '../data/session.data.js';
import { defineEventType } from '../event-type.js';
import { CompletionStatus } from '../fields/completion-status.js';
import { Optional } from '../fields/optional.js';
import { SESSION_STEPS } from '../preparation/session-steps.js';

class SessionLaunchedData extends SessionData {
  @Optional()
  @CompletionStatus()
  completionStatus?: string;
}

export const sessionLaunched = defineEventType({
  name: 'session.launched',
  description: 'A learner opened a session.',
  dataClass: SessionLaunchedData,
  steps: SESSION_STEPS,
  example: {
    sessionId: 'sess_abc123',
    packageId: 'pkg_def456',
    dispatchId: 'dsp_ghi789',
    learnerId: 'learner-42',
    registrationId: 'reg_jkl012',
    attempt: 1,
    launchId: 'lch_vwx234',
    scoId: 'sco_1',
    mode: 'normal',
    credit: 'credit',
    entry: 'ab-initio',
    learner: { email: 'jsmith@acme.example', firstName: 'Jane', lastName: 'Smith' },
    course: { id: 'COMP-2026', title: 'Annual Compliance Training 2026', code: 'COMP-2026' },
  },
});
