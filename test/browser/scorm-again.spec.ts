import { randomUUID } from 'node:crypto';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, SharedWorld } from '../support/index.js';
import { Chromium, noBrowser } from './support/browser.js';
import { type Lms, type Player, startLms } from './support/start-lms.js';

const SESSION_EVENTS = ['launched', 'progress', 'scored', 'completed'].map((n) => `session.${n}`);
/** What a course that is done says about itself in either standard. */
const DONE = {
  completionStatus: 'completed',
  scoreRaw: 85,
  scoreMin: 0,
  scoreMax: 100,
  totalTime: 'PT25M9.12S',
};

interface ShownEvent {
  type: string;
  data: Record<string, unknown>;
}

describe.skipIf(noBrowser())('scorm-again in a browser', () => {
  const world = new SharedWorld();
  const chromium = new Chromium();
  let lms: Lms;
  let packageId: string;

  beforeAll(async () => {
    lms = await startLms();
  });
  afterAll(() => lms.close());

  beforeEach(async () => {
    const { customer, receiver } = world;
    ({ packageId } = await customer.webhook(receiver.url, {
      events: SESSION_EVENTS,
      format: 'standard-webhooks',
      ordering: 'session',
    }));
  });

  /** A learner opens the course in a page; `session` says which session and attempt it is. */
  async function open(
    page: Page,
    session: Record<string, unknown>,
    { settings = {}, ...player }: Partial<Player> & Pick<Player, 'standard'>,
  ): Promise<FrameLocator> {
    const { origin } = lms;
    const lmsCommitUrl = await world.customer.launches({ packageId, origin, ...session });
    await page.goto(lms.pageOf({ ...player, settings: { lmsCommitUrl, ...settings } }));
    return page.frameLocator('iframe');
  }

  const aLearner = () => ({ sessionId: `ses_${randomUUID()}`, learnerId: 'learner-42' });

  /** The names and data of the first `count` events that the webhook got. */
  async function events(count: number): Promise<ShownEvent[]> {
    const requests = await world.receiver.waitFor(count, 30_000);
    return requests.map(({ body }) => JSON.parse(body) as ShownEvent);
  }

  /** Resolves once the last word of a page that was closed has arrived, which it sends by a beacon. */
  async function isKnownToHaveTaken(sessionId: string, totalTime: string): Promise<void> {
    await eventually(async () => {
      const { body } = await world.customer.api.get(`/v1/scorm/sessions/${sessionId}`);
      return body.attempts[0].scos[0].totalTime === totalTime;
    });
  }

  const namesOf = (shown: ShownEvent[]) => shown.map(({ type }) => type.replace('session.', ''));

  const WAYS = [
    { standard: '1.2', settings: {} },
    { standard: '1.2', settings: { useAsynchronousCommits: true } },
    { standard: '2004', settings: {} },
    { standard: '2004', settings: { useAsynchronousCommits: true } },
  ] as const;

  it.each(WAYS)(
    'a course in SCORM $standard with $settings is closed in the middle, resumed and taken again',
    async ({ standard, settings }) => {
      const learner = aLearner();
      const page = await chromium.page();

      const first = await open(page, learner, { standard, settings });
      await first.locator('#read').click();
      await page.goto('about:blank');
      await isKnownToHaveTaken(learner.sessionId, 'PT12M34.56S');
      expect(namesOf(await events(2))).toEqual(['launched', 'progress']);

      const left = { cmi: leftBehind(standard) };
      const second = await open(page, learner, { standard, settings, cmi: left });
      await second.locator('#answer').click();
      await second.locator('#finish').click();
      const shown = await events(7);
      expect(namesOf(shown).slice(2)).toEqual([
        'launched',
        'progress',
        'scored',
        'progress',
        'completed',
      ]);
      expect(shown.at(-1)!.data).toMatchObject({ ...learner, packageId, attempt: 1, ...DONE });

      const again = await open(page, { ...learner, attempt: 2 }, { standard, settings });
      await again.locator('#finish').click();
      const { data } = (await events(10)).at(-1)!;
      expect(data).toMatchObject({ ...learner, attempt: 2, completionStatus: 'completed' });
      await page.context().close();
    },
  );

  it('says to the course that a commit failed while the learner is offline, and takes the next one', async () => {
    const page = await chromium.page();
    const course = await open(page, aLearner(), { standard: '1.2' });
    await page.context().setOffline(true);
    await course.locator('#answer').click();
    await expect.poll(() => course.locator('#said').innerText()).toMatch(/^false [1-9]/);
    await page.context().setOffline(false);
    await course.locator('#finish').click();
    expect(namesOf(await events(4))).toEqual(['launched', 'progress', 'scored', 'completed']);
    await page.context().close();
  });

  it('brings in what its offline storage kept once the learner is back', async () => {
    const page = await chromium.page();
    const settings = { enableOfflineSupport: true, courseId: 'fire-safety' };
    const course = await open(page, aLearner(), { standard: '1.2', settings });
    await page.context().setOffline(true);
    await course.locator('#answer').click();
    await expect.poll(() => course.locator('#said').innerText()).toBe('true 0');
    await page.context().setOffline(false);
    expect(namesOf(await events(3))).toEqual(['launched', 'progress', 'scored']);
    await page.context().close();
  });

  it('is refused on a page of another origin than that of the launch', async () => {
    const stranger = await startLms();
    const page = await chromium.page();
    const lmsCommitUrl = await world.customer.launches({
      ...aLearner(),
      packageId,
      origin: lms.origin,
    });
    await page.goto(stranger.pageOf({ standard: '1.2', settings: { lmsCommitUrl } }));
    const course = page.frameLocator('iframe');
    await course.locator('#answer').click();
    await expect.poll(() => course.locator('#said').innerText()).toMatch(/^false [1-9]/);
    // A beacon tells its page nothing, but is refused too.
    await course.locator('#finish').click();
    expect(namesOf(await events(1))).toEqual(['launched']);
    expect(world.receiver.requests).toHaveLength(1);
    await page.context().close();
    await stranger.close();
  });
});

/** What the LMS gives back to a learner who resumes. */
function leftBehind(standard: Player['standard']): Record<string, unknown> {
  return standard === '1.2'
    ? { core: { entry: 'resume', lesson_location: 'p3', lesson_status: 'incomplete' } }
    : { entry: 'resume', location: 'p3', completion_status: 'incomplete', progress_measure: '0.4' };
}
