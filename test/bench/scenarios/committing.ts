import { apiClient } from '../../support/index.js';
import type { Harness } from '../harness.js';
import { Installation } from '../installation.js';
import type { Size } from './end-to-end.js';

/** Learners who are in a course at the same time. */
const LAUNCHES = 2_000;
const LAUNCHED_AT_ONCE = 50;

/**
 * Accepted commits per second while no dispatcher runs. Each changes the state of one attempt and makes one
 * `session.progress`, which a webhook wants.
 */
export async function committing(harness: Harness, { warmUp, events }: Size): Promise<number> {
  const settings = { events: ['session.progress'] };
  const installation = await Installation.start(harness, { dispatchers: 0, settings });
  try {
    const commitPaths = await launch(installation);
    const load = { commitPaths, headers: {} };
    const first = await installation.post(warmUp, load);
    const report = await installation.post(events, load);
    const made = await installation.query<{ count: number }>(
      "SELECT count(*)::integer AS count FROM events WHERE type = 'session.progress'",
    );
    const { waiting } = await installation.states();
    const committed = first.accepted + report.accepted;
    if (made[0]!.count !== committed || waiting !== committed) {
      const books = { committed, progress: made[0]!.count, waiting, refused: report.refused };
      throw new Error(`The books do not balance: ${JSON.stringify(books)}`);
    }
    return report.accepted / ((report.endedAt - report.startedAt) / 1000);
  } finally {
    await installation.stop();
  }
}

/** @returns the URLs to which the pages of the launches commit */
async function launch({ schoolbell }: Installation): Promise<string[]> {
  const runtime = apiClient(schoolbell.apiUrl, schoolbell.tenantKey);
  const paths: string[] = [];
  for (let first = 0; first < LAUNCHES; first += LAUNCHED_AT_ONCE) {
    const launches = Array.from({ length: LAUNCHED_AT_ONCE }, async (_, index) => {
      const number = first + index;
      const { status, body } = await runtime.post('/v1/scorm/launches', {
        sessionId: `session-${number}`,
        packageId: `pkg_${number % 50}`,
        learnerId: `learner-${number}`,
      });
      if (status !== 201) throw new Error(`Not launched: ${status} ${JSON.stringify(body)}`);
      return new URL(body.commitUrl as string).pathname;
    });
    paths.push(...(await Promise.all(launches)));
  }
  return paths;
}
