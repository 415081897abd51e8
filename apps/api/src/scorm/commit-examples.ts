import { eventTypeNamed } from '@schoolbell/catalogue';

const { learner, course } = eventTypeNamed('session.launched')!.example;

const SESSION = { sessionId: 'sess_abc123', packageId: 'pkg_def456', learnerId: 'learner-42' };
const ORIGIN = 'https://lms.example.com';

export const LAUNCH_EXAMPLE = { ...SESSION, attempt: 1, origin: ORIGIN, learner, course };

export const OPENED_LAUNCH_EXAMPLE = {
  launchId: 'lch_01jdbfz1x0e9tvhkq6yv3m2c4p',
  commitUrl:
    'https://schoolbell.example.com/v1/scorm/commits/mq8yS1tYyqYb3dWjmXoGk0Zr5tJ7v2uLh4nCwE9aBfI',
  expiresAt: '2026-11-23T14:32:00.000Z',
};

/** As scorm-again 3.4.3 sends it, shortened. */
export const COMMIT_EXAMPLE = {
  cmi: {
    core: {
      lesson_status: 'passed',
      lesson_location: 'p3',
      session_time: '00:12:34.56',
      score: { raw: '85', min: '0', max: '100' },
    },
    student_data: { mastery_score: '80' },
  },
};

export const SERVER_COMMIT_EXAMPLE = {
  ...SESSION,
  launchId: 'launch-7',
  sequence: 3,
  commit: COMMIT_EXAMPLE,
};
