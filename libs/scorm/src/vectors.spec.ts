import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_SCORM_RULES,
  launchedData,
  NEW_ATTEMPT,
  openLaunch,
  readCommit,
  scoIdOf,
  sessionData,
  takeCommit,
  type AttemptState,
} from './index.js';

interface Step {
  captured: string;
  launchId: string;
  attempt: number;
  contentType: string;
  body: string;
  expect: { type: string; data: Record<string, unknown> }[];
}

interface Vectors {
  ids: { sessionId: string; packageId: string; learnerId: string };
  cases: { case: string; steps: Step[] }[];
}

const url = new URL('./vectors.json', import.meta.url);
const vectors = JSON.parse(readFileSync(url, 'utf8')) as Vectors;

/** One attempt as a store keeps it: states as JSON, launches by the runtime's id. */
class Attempt {
  private state = JSON.stringify(NEW_ATTEMPT);
  private readonly launches = new Map<string, number>();

  take(step: Step): Step['expect'] {
    const session = { ...vectors.ids, attempt: step.attempt };
    const launched = this.launchOf(step.launchId);
    const given = { terminate: step.contentType.startsWith('text/plain') || undefined };
    const read = readCommit(JSON.parse(step.body), given);
    if (!read.ok) throw new Error(read.message);
    const { attempt, facts } = takeCommit(this.read(), read.commit, {
      launch: this.launches.get(step.launchId)!,
      scoId: scoIdOf(read.commit, {}),
      rules: DEFAULT_SCORM_RULES,
      isOldAttempt: false,
    });
    this.state = JSON.stringify(attempt);
    return [
      ...(launched ? [{ type: 'session.launched', data: launchedData(session) }] : []),
      ...facts.map((fact) => ({ type: fact.type, data: sessionData(session, fact) })),
    ];
  }

  private read(): AttemptState {
    return JSON.parse(this.state) as AttemptState;
  }

  /** @returns whether it is new */
  private launchOf(launchId: string): boolean {
    if (this.launches.has(launchId)) return false;
    const { attempt, launch } = openLaunch(this.read(), ['']);
    this.state = JSON.stringify(attempt);
    this.launches.set(launchId, launch);
    return true;
  }
}

describe('what scorm-again commits', () => {
  it.each(vectors.cases)('leads to the events of its vectors: $case', ({ steps }) => {
    const attempt = new Attempt();
    for (const step of steps) {
      // As text, so that the order of the fields is the same too.
      expect(JSON.stringify(attempt.take(step)), step.captured).toBe(JSON.stringify(step.expect));
    }
  });
});
