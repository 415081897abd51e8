import fc from 'fast-check';
import { expect, it } from 'vitest';
import { REFUSED_ROUTES } from './refused-route.js';
import { subjectOfPost } from './subject-of-post.js';

it('the log of refused posts reads the ids of the first event, and finds it by those of all', () => {
  const events = [
    { type: 'session.completed', data: { sessionId: 's1', learnerId: 'l' } },
    { type: 'session.launched', data: { sessionId: 's2', packageId: 'p', learnerId: 'l' } },
  ];
  expect(subjectOfPost(events)).toEqual({
    events: 2,
    type: 'session.completed',
    subject: { sessionId: 's1', learnerId: 'l' },
    ids: ['s1', 'l', 's2', 'p'],
  });
});

it('the log of refused posts reads whatever a body is, to a bounded size', () => {
  const field = fc.constantFrom('type', 'data', 'events', 'sessionId', 'learnerId', 'userId', 'x');
  const { body } = fc.letrec((tie) => ({
    body: fc.oneof(
      { depthSize: 'small' },
      fc.string({ maxLength: 300 }),
      fc.jsonValue({ maxDepth: 1 }),
      fc.dictionary(field, tie('body'), { maxKeys: 4 }),
      fc.array(tie('body'), { maxLength: 50 }),
    ),
  }));
  const route = fc.constantFrom(...Object.values(REFUSED_ROUTES));
  fc.assert(
    fc.property(body, route, (given, { eventsOf }) => {
      const { ids, type } = subjectOfPost(eventsOf(given));
      expect(ids.length).toBeLessThanOrEqual(40);
      for (const id of ids) expect([...id].length).toBeLessThanOrEqual(255);
      expect((type ?? '').length).toBeLessThanOrEqual(128);
    }),
  );
});
