import { COMMIT_EXAMPLE, LAUNCH_EXAMPLE, OPENED_LAUNCH_EXAMPLE } from './commit-examples.js';
import type { SessionDocument } from './session-document.js';

const AT = '2026-11-22T14:32:00.000Z';
const { sessionId, packageId, learnerId } = LAUNCH_EXAMPLE;
const { launchId, expiresAt } = OPENED_LAUNCH_EXAMPLE;

/** After the commit of the examples. */
export const SESSION_EXAMPLE: SessionDocument = {
  sessionId,
  attempts: [
    {
      attempt: 1,
      lastCommitAt: AT,
      scos: [
        {
          scoId: null,
          completionStatus: 'completed',
          successStatus: 'passed',
          progressMeasure: null,
          scoreScaled: null,
          scoreRaw: Number(COMMIT_EXAMPLE.cmi.core.score.raw),
          scoreMin: 0,
          scoreMax: 100,
          location: COMMIT_EXAMPLE.cmi.core.lesson_location,
          totalTime: 'PT12M34.56S',
          done: true,
        },
      ],
      completions: [{ scoId: null, completedAt: AT }],
      launches: [
        {
          id: launchId,
          launchId,
          packageId,
          learnerId,
          registrationId: null,
          scoId: null,
          status: 'open',
          openedAt: '2026-11-22T14:19:00.000Z',
          lastCommitAt: AT,
          closedAt: null,
          expiresAt,
        },
      ],
    },
  ],
  events: ['session.launched', 'session.progress', 'session.scored', 'session.completed'].map(
    (type, index) => ({ id: `evt_01jdbfz1x0e9tvhkq6yv3m2c4${index}`, type, occurredAt: AT }),
  ),
  hasOlderEvents: false,
};
