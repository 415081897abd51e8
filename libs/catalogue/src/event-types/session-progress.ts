import { SessionData } from '../data/session.data.js';
import { defineEventType } from '../event-type.js';
import { CompletionStatus } from '../fields/completion-status.js';
import { RequiredUnless } from '../fields/optional.js';
import { SESSION_STEPS } from '../preparation/session-steps.js';

class SessionProgressData extends SessionData {
  @RequiredUnless('lessonStatus')
  @CompletionStatus()
  completionStatus?: string;
}

export const sessionProgress = defineEventType({
  name: 'session.progress',
  description: 'CMI data of a session was committed. This event is frequent.',
  dataClass: SessionProgressData,
  steps: SESSION_STEPS,
  example: {
    sessionId: 'sess_abc123',
    packageId: 'pkg_def456',
    dispatchId: 'dsp_ghi789',
    learnerId: 'learner-42',
    completionStatus: 'incomplete',
    progressMeasure: 0.65,
    scoreScaled: 0.65,
    scoreRaw: 65,
    scoreMin: 0,
    scoreMax: 100,
    totalTime: 'PT30M',
  },
});
