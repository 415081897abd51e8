import type { SearchHitDocument as Hit } from '@schoolbell/api-client';
import { describe, expect, it } from 'vitest';
import { answerOf, groupsOf } from './answer-of.ts';

const EVENT: Hit = { kind: 'event', id: 'evt_1', sessionId: 's', learnerId: 'l', packageId: 'p' };
const DELIVERY: Hit = { kind: 'delivery', id: 'dlv_1', eventId: 'evt_1', webhookId: 'wh_1' };
const SESSION: Hit = { kind: 'session', id: 's' };
const LEARNER: Hit = { kind: 'learner', id: 'l' };
const REFUSED: Hit = { kind: 'event_rejection', id: 'rej_1' };

describe('the answer to a search', () => {
  it('is nothing, or the one thing that was found', () => {
    expect(answerOf([])).toEqual({ kind: 'none' });
    for (const hit of [EVENT, DELIVERY, SESSION, REFUSED]) {
      expect(answerOf([hit])).toEqual({ kind: 'one', hit });
    }
  });

  it('is the delivery of a pasted request, whose body names its event, session and learner', () => {
    const hits = [EVENT, DELIVERY, SESSION, LEARNER];
    expect(answerOf(hits)).toEqual({ kind: 'one', hit: DELIVERY });
    expect(answerOf([EVENT, SESSION])).toEqual({ kind: 'one', hit: EVENT });
  });

  it('is the story of a learner also where posts about them were refused', () => {
    expect(answerOf([LEARNER, REFUSED])).toEqual({ kind: 'one', hit: LEARNER });
  });

  it('is a choice where several things of a kind, or unrelated ones, were found', () => {
    const another = { ...EVENT, id: 'evt_2' };
    expect(answerOf([EVENT, another, REFUSED])).toEqual({ kind: 'many' });
    expect(groupsOf([EVENT, another, REFUSED])).toEqual([
      { kind: 'event', hits: [EVENT, another] },
      { kind: 'event_rejection', hits: [REFUSED] },
    ]);
    expect(answerOf([EVENT, { kind: 'learner', id: 'somebody else' }]).kind).toBe('many');
    expect(answerOf([SESSION, { kind: 'learner', id: 's' }]).kind).toBe('many');
  });
});
