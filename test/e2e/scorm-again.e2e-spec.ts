import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Window } from 'happy-dom';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SharedWorld } from '../support/index.js';

const require = createRequire(import.meta.url);
const ORIGIN = 'http://lms.example';

const SCORM_12 = {
  runtime: 'scorm-again/scorm12/min',
  api: 'Scorm12API',
  calls: { initialize: 'LMSInitialize', set: 'LMSSetValue', commit: 'LMSCommit', end: 'LMSFinish' },
  done: { 'cmi.core.lesson_status': 'completed', 'cmi.core.score.raw': '85' },
};
const SCORM_2004 = {
  runtime: 'scorm-again/scorm2004/min',
  api: 'Scorm2004API',
  calls: { initialize: 'Initialize', set: 'SetValue', commit: 'Commit', end: 'Terminate' },
  done: { 'cmi.completion_status': 'completed', 'cmi.score.raw': '85' },
};

/** Settings that a platform may give its runtime, besides those that the browser suite covers. */
const SETTINGS = [
  { dataCommitFormat: 'flattened' },
  { renderCommonCommitFields: true, includeCommitSequence: true },
  { terminateCommitParam: 'terminate' },
  { sendFullCommit: false },
];
/** Settings with which happy-dom can send; a page that blocks until the answer comes cannot. */
const COMMITS = { useAsynchronousCommits: true, logLevel: 5 };

type Runtime = Record<string, (...values: string[]) => string>;

describe('scorm-again outside of a browser', () => {
  const world = new SharedWorld();

  it.each(
    [SCORM_12, SCORM_2004].flatMap((standard) =>
      SETTINGS.map((settings) => ({ standard, settings, name: standard.api })),
    ),
  )('$name commits and completes with $settings', async ({ standard, settings }) => {
    const { customer, receiver } = world;
    const { packageId } = await customer.webhook(receiver.url, {
      events: ['session.launched', 'session.completed'],
    });
    const lmsCommitUrl = await customer.launches({
      sessionId: `ses_${randomUUID()}`,
      packageId,
      learnerId: 'learner-42',
      origin: ORIGIN,
    });
    const page = new Window({
      url: `${ORIGIN}/course`,
      settings: {
        enableJavaScriptEvaluation: true,
        suppressInsecureJavaScriptEnvironmentWarning: true,
      },
    });
    onTestFinished(() => page.happyDOM.close());
    page.eval(await readFile(require.resolve(standard.runtime), 'utf8'));
    const made = JSON.stringify({ lmsCommitUrl, ...COMMITS, ...settings });
    const runtime = page.eval(`new ${standard.api}(${made})`) as Runtime;
    const { initialize, set, commit, end } = standard.calls;

    runtime[initialize]!('');
    for (const [name, value] of Object.entries(standard.done)) runtime[set]!(name, value);
    expect([runtime[commit]!(''), runtime[end]!('')]).toEqual(['true', 'true']);
    await page.happyDOM.waitUntilComplete();

    const requests = await receiver.waitFor(2);
    const completed = requests.map(
      ({ body }) => JSON.parse(body) as { type: string; data: object },
    );
    expect(completed.find(({ type }) => type === 'session.completed')).toMatchObject({
      data: { packageId, completionStatus: 'completed', scoreRaw: 85 },
    });
  });
});
