import { describe, expect, it } from 'vitest';
import { momentsOf } from './moments.ts';
import { sessionsOf } from './sessions.ts';
import { event } from './testing/story-fixtures.ts';

const progress = (count: number) => Array.from({ length: count }, (_, at) => event('progress', at));

describe('the time line of a session', () => {
  it('shows many reports of progress as one, and few of them one by one', () => {
    const launched = event('launched', -1);
    const completed = event('completed', 60);
    const kinds = (reports: number) =>
      momentsOf([launched, ...progress(reports), completed]).map(({ kind }) => kind);
    expect(kinds(3)).toEqual(['event', 'event', 'event', 'event', 'event']);
    expect(kinds(38)).toEqual(['event', 'run', 'event']);
    expect(momentsOf([])).toEqual([]);
  });
});

describe('the sessions of a learner', () => {
  it('begin with the one that has the newest event, each from its launch to its completion', () => {
    const [launched, other, completed] = [
      event('launched', 0),
      event('launched', 1, { session: 's2' }),
      event('completed', 2),
    ];
    const sessions = sessionsOf([completed, other, launched]);
    expect(sessions.map(({ sessionId }) => sessionId)).toEqual(['s1', 's2']);
    expect(sessions[0]).toMatchObject({ launched, completed, events: [launched, completed] });
    expect(sessions[1]).toMatchObject({ launched: other, completed: undefined });
  });

  it('are told apart also for who is not shown what events hold', () => {
    const hidden = { ...event('completed', 1), data: null };
    const without = { ...hidden, sessionId: null };
    const sessions = (session?: string) =>
      sessionsOf([hidden, without], session).map(({ sessionId }) => sessionId);
    expect(sessions()).toEqual(['s1', undefined]);
    expect(sessions('s1')).toEqual(['s1']);
  });
});
