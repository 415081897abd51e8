import type { EventRejectionDocument } from '@schoolbell/api-client';
import { describe, expect, it } from 'vitest';
import { sessionsOf, type StoryEvent } from '../sessions.ts';
import { delivery, event, FAILED, minute, rejection, TELLING } from '../testing/story-fixtures.ts';
import { lastTaken, type Telling } from './telling.ts';
import { tellStory } from './verdict-of-story.ts';

const launched = event('launched', -60);

/** @param events oldest first */
function verdictOf(events: StoryEvent[], rejections: EventRejectionDocument[] = []) {
  return tellStory(sessionsOf(events.toReversed()), rejections, TELLING).verdict!;
}
const completedWith = (...deliveries: ReturnType<typeof delivery>[]) =>
  verdictOf([launched, event('completed', -10, { deliveries })]);

describe('the verdict on a completion', () => {
  it('says where it arrived, and whom to ask when it is missing there', () => {
    expect(completedWith(delivery())).toMatchObject({
      kind: 'arrived',
      title: 'The completion arrived at HR',
      text: 'The completion was reported at 11:50. HR answered 200 OK at 11:55.',
      next: 'Nothing is left to do for this completion.',
      aside: expect.stringMatching(/^If it is missing there anyway/),
      turn: 'nobody',
    });
  });

  it('says what a receiver answered last, when the next attempt is, and where it did arrive', () => {
    const waiting = delivery({
      status: 'pending',
      attemptCount: 4,
      lastAttempt: FAILED,
      nextAttemptAt: minute(58),
    });
    const verdict = completedWith(waiting, delivery({ webhookId: 'lms' }));
    expect(verdict).toMatchObject({
      kind: 'failing',
      title: 'The completion has not reached HR yet',
      text: 'The completion was reported at 11:50. HR answered 503 Service Unavailable at the last of 4 attempts, at 11:55. The next attempt is made at 12:58. It arrived at LMS.',
      retryable: [waiting.id],
    });
  });

  it('says that nothing more is sent by itself to one that is dead, before all else', () => {
    const dead = delivery({
      status: 'dead',
      lastAttempt: { ...FAILED, responseStatus: null, errorCode: 'timeout' },
    });
    const held = delivery({ webhookId: 'lms', status: 'held' });
    expect(completedWith(held, dead)).toMatchObject({
      kind: 'dead',
      turn: 'receiver',
      text: expect.stringContaining('HR did not answer in time at the only attempt'),
      retryable: [dead.id],
    });
    const ours = delivery({
      status: 'dead',
      lastAttempt: { ...FAILED, responseStatus: null, errorCode: 'interrupted' },
    });
    expect(completedWith(ours).turn).toBe('customer');
  });

  it('says at which attempt it arrived, where earlier ones failed', () => {
    expect(completedWith(delivery({ attemptCount: 4 })).text).toContain(
      'HR answered 200 OK at the last of 4 attempts, at 11:55.',
    );
  });

  it('says what is known of the receiver: that it took another event since, or that others fail too', () => {
    const dead = delivery({ status: 'dead', attemptCount: 3, lastAttempt: FAILED });
    const told = (known: Partial<Telling>, ...deliveries: ReturnType<typeof delivery>[]) =>
      tellStory(sessionsOf([event('completed', -10, { deliveries })]), [], {
        ...TELLING,
        ...known,
      }).verdict;
    const repaired = { tookAt: () => minute(-1) };
    expect(told(repaired, dead)).toMatchObject({
      next: 'HR took another event since, at 11:59, so it may be repaired: retry.',
      turn: 'customer',
    });
    const waiting = { ...dead, status: 'pending', nextAttemptAt: minute(58) } as const;
    expect(told(repaired, waiting)).toMatchObject({
      next: 'HR took another event since, at 11:59, so it may be repaired: wait, or retry it now.',
      turn: 'schoolbell',
    });
    const asks = 'Ask the people who run HR to repair it, then retry.';
    expect(told({ tookAt: () => minute(-6), failuresOf: () => 3 }, dead)).toMatchObject({
      next: asks,
      turn: 'receiver',
    });
    expect(told({ failuresOf: () => 9 }, dead)?.next).toBe(
      `${asks} Its last 9 attempts all failed.`,
    );
    const ours = { ...FAILED, errorCode: 'interrupted', responseStatus: null };
    expect(told(repaired, { ...dead, lastAttempt: ours })?.next).toBe('Retry it.');
  });

  it('knows when each webhook last took an event', () => {
    const taken = (at: number) => ({ ...FAILED, at: minute(at), errorCode: null });
    const deliveries = [
      delivery({ lastAttempt: taken(-9) }),
      delivery({ lastAttempt: taken(-7) }),
      delivery({ status: 'dead', lastAttempt: FAILED }),
      delivery({ webhookId: 'lms', status: 'pending', lastAttempt: FAILED }),
      delivery({ webhookId: 'lrs', lastAttempt: null }),
    ];
    expect([...lastTaken([event('completed', -10, { deliveries })])]).toEqual([['hr', minute(-7)]]);
  });

  it('does not call that late which is being sent at this moment', () => {
    const now = { status: 'pending', lastAttempt: FAILED, nextAttemptAt: minute(0) } as const;
    expect(completedWith(delivery(now)).kind).toBe('on_its_way');
  });

  it('names the paused webhook, and the settings of webhooks that did not want it', () => {
    expect(completedWith(delivery({ status: 'held', lastAttempt: null }))).toMatchObject({
      kind: 'held',
      webhookId: 'hr',
      turn: 'customer',
    });
    expect(completedWith()).toMatchObject({ kind: 'unwanted', turn: 'customer' });
    expect(
      completedWith(delivery({ status: 'discarded', discardReason: 'filtered' })).text,
    ).toContain('its filter turned it away');
  });

  it('says that none was reported, with what was reported last, and that it is the runtime’s turn', () => {
    const half = event('progress', -30, { data: { progressMeasure: 0.5 } });
    expect(verdictOf([launched, half])).toMatchObject({
      kind: 'unreported',
      title: 'No completion was reported for this session',
      text: 'It was launched at 11:00; the last report, at 11:30, is progress (50%). No session.completed was accepted, so there is nothing to send.',
      turn: 'runtime',
    });
    expect(verdictOf([launched]).text).toContain('nothing was reported since');
  });

  it('says what was wrong with a post that was refused, also where there is no event at all', () => {
    const told =
      'session.completed was refused at 11:57 with 422 validation_failed: data.completionStatus must be one of: completed. So there is no event.';
    expect(verdictOf([launched], [rejection()])).toMatchObject({
      kind: 'refused',
      text: told,
      turn: 'runtime',
    });
    expect(verdictOf([], [rejection()])).toMatchObject({ kind: 'refused', rejectionId: 'rej_1' });
    expect(verdictOf([], [rejection({ status: 503, code: 'service_unavailable' })]).next).toContain(
      'on our side',
    );
  });
});

describe('the verdict after a retry', () => {
  const dead = delivery({ status: 'dead', attemptCount: 3, lastAttempt: FAILED });
  const elsewhere = event('completed', -1, {
    session: 'newer',
    deliveries: [delivery({ status: 'dead', lastAttempt: FAILED })],
  });
  const refused = {
    at: minute(1),
    responseStatus: null,
    errorCode: 'connection_refused',
    durationMs: 1,
  } as const;

  function toldOf(now: Partial<typeof dead>) {
    const completed = event('completed', -10, { deliveries: [{ ...dead, ...now }] });
    const retried = { eventId: completed.id, before: new Map([[dead.id, dead]]) };
    return tellStory(sessionsOf([elsewhere, completed]), [], TELLING, retried);
  }

  it('stays with what was retried, and says that another completion has not arrived', () => {
    for (const now of [{}, { status: 'pending', nextAttemptAt: minute(0) } as const]) {
      const { verdict, outcome, about, others } = toldOf(now);
      expect(outcome).toEqual({ kind: 'sending', text: 'Sending …' });
      expect(verdict).toMatchObject({ kind: 'on_its_way', retryable: [dead.id] });
      expect(about?.sessionId).toBe('s1');
      expect(others.map(({ sessionId }) => sessionId)).toEqual(['newer']);
    }
  });

  it('says when and why it failed again, and whether the schedule goes on', () => {
    const failed = { attemptCount: 4, lastAttempt: refused };
    const text = 'Failed again at 12:01: connection refused.';
    const soon = toldOf({ ...failed, status: 'pending', nextAttemptAt: minute(0.05) });
    expect(soon.outcome).toEqual({ kind: 'failed', text });
    expect(soon.verdict).toMatchObject({
      kind: 'failing',
      text: expect.stringContaining('The next attempt is made at 12:00'),
    });
    expect(toldOf(failed)).toMatchObject({
      outcome: { kind: 'failed', text },
      verdict: { kind: 'dead', text: expect.stringContaining('nothing more is sent by itself') },
    });
  });

  it('says when it was delivered, and what had been answered before', () => {
    const lastAttempt = { ...refused, responseStatus: 200, errorCode: null };
    expect(toldOf({ status: 'delivered', attemptCount: 4, lastAttempt })).toMatchObject({
      outcome: { kind: 'delivered', text: 'Delivered' },
      verdict: {
        kind: 'arrived',
        text: 'The completion was reported at 11:50. HR answered 200 OK at the last of 4 attempts, at 12:01. Before that, it answered 503 Service Unavailable, at 11:55.',
      },
    });
  });
});

describe('the verdict on a story of several sessions', () => {
  const dead = event('completed', -20, {
    session: 'old',
    deliveries: [delivery({ status: 'dead', lastAttempt: FAILED })],
  });

  it('is the gravest one, of whichever session', () => {
    const arrived = event('completed', -10, { deliveries: [delivery()] });
    const story = tellStory(sessionsOf([arrived, dead]), [], TELLING);
    expect(story.verdict?.kind).toBe('dead');
    expect(story.about?.sessionId).toBe('old');
    expect(story.sessions.map(({ verdict }) => verdict?.kind)).toEqual(['arrived', 'dead']);
  });

  it('is not one of an old session that a learner left unfinished', () => {
    const arrived = event('completed', -10, { deliveries: [delivery()] });
    const left = event('launched', -90, { session: 'left' });
    expect(tellStory(sessionsOf([arrived, left]), [], TELLING).verdict?.kind).toBe('arrived');
  });

  it('is not asked of events without a session', () => {
    const enrolled = { ...event('x', 0), type: 'enrollment.created', data: { userId: 'ada' } };
    expect(tellStory(sessionsOf([enrolled]), [], TELLING).verdict).toBeUndefined();
  });
});
