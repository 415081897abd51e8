import { SessionData } from '../data/session.data.js';
import { defineEventType } from '../event-type.js';
import { CompletionStatus } from '../fields/completion-status.js';
import { RequiredUnless } from '../fields/optional.js';
import { SESSION_STEPS } from '../preparation/session-steps.js';

class SessionCompletedData extends SessionData {
  @RequiredUnless('lessonStatus')
  @CompletionStatus()
  completionStatus?: string;
}

export const sessionCompleted = defineEventType({
  name: 'session.completed',
  description: 'A session was completed or passed, for the first time in its attempt.',
  dataClass: SessionCompletedData,
  steps: SESSION_STEPS,
  example: {
    sessionId: 'sess_abc123',
    packageId: 'pkg_def456',
    dispatchId: 'dsp_ghi789',
    learnerId: 'learner-42',
    completionStatus: 'completed',
    successStatus: 'passed',
    scoreScaled: 0.92,
    scoreRaw: 92,
    scoreMin: 0,
    scoreMax: 100,
    totalTime: 'PT12M34S',
    learner: {
      email: 'jsmith@acme.example',
      firstName: 'Jane',
      lastName: 'Smith',
      externalId: 'HR-4829',
    },
    course: { id: 'COMP-2026', title: 'Annual Compliance Training 2026', code: 'COMP-2026' },
    certificate: { issued: true, expiryDate: '2027-04-10T00:00:00.000Z' },
  },
});
