import { SessionData } from '../data/session.data.js';
import { defineEventType } from '../event-type.js';
import { CompletionStatus } from '../fields/completion-status.js';
import { Optional, RequiredUnless } from '../fields/optional.js';
import { SESSION_STEPS } from '../preparation/session-steps.js';

class SessionScoredData extends SessionData {
  @Optional()
  @CompletionStatus()
  completionStatus?: string;

  @RequiredUnless('scoreRaw')
  override scoreScaled?: number;
}

export const sessionScored = defineEventType({
  name: 'session.scored',
  description: 'A score was recorded for a session.',
  dataClass: SessionScoredData,
  steps: SESSION_STEPS,
  example: {
    sessionId: 'sess_abc123',
    packageId: 'pkg_def456',
    dispatchId: 'dsp_ghi789',
    learnerId: 'learner-42',
    scoreScaled: 0.92,
    scoreRaw: 92,
    scoreMin: 0,
    scoreMax: 100,
    successStatus: 'passed',
  },
});
