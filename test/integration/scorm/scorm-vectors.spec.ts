import { readFileSync } from 'node:fs';
import { readCommit } from '@schoolbell/scorm';
import { describe, expect } from 'vitest';
import { commitOf, scormTest, type EmittedEvent } from './scorm-fixtures.js';

interface Step {
  captured: string;
  launchId: string;
  attempt: number;
  contentType: string;
  body: string;
  expect: EmittedEvent[];
}

const url = new URL('../../../libs/scorm/src/vectors.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(url, 'utf8')) as {
  cases: { case: string; steps: Step[] }[];
};

function commitOfStep(tenantId: string, { body, contentType, launchId, attempt }: Step) {
  const read = readCommit(JSON.parse(body), { terminate: contentType.startsWith('text/plain') });
  if (!read.ok) throw new Error(read.message);
  return commitOf(tenantId, read.commit, { launchKey: launchId, attempt });
}

describe('what scorm-again commits is stored with the events of its vectors', () => {
  scormTest.for(cases)(
    'commit by commit, and all at once: $case',
    async ({ steps }, { fixtures }) => {
      const [oneByOne, atOnce] = [await fixtures.newTenant(), await fixtures.newTenant()];
      const expected: EmittedEvent[] = [];
      for (const step of steps) {
        await fixtures.take(commitOfStep(oneByOne, step));
        expected.push(...step.expect);
        // Compared as text, so that the order of the fields counts too.
        const events = JSON.stringify(await fixtures.eventsOf(oneByOne));
        expect(events, step.captured).toBe(JSON.stringify(expected));
      }
      await fixtures.takeAtOnce(steps.map((step) => commitOfStep(atOnce, step)));
      expect(await fixtures.eventsOf(atOnce)).toEqual(expected);
      expect(await fixtures.stateOf(atOnce)).toEqual(await fixtures.stateOf(oneByOne));
    },
  );
});
