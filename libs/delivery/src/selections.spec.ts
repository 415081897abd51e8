import { describe, expect, it } from 'vitest';
import { replayedTypes } from './selections.js';

describe('a replay sends', () => {
  it('what the webhook listens to, when no types are named', () => {
    expect(replayedTypes(['session.scored', 'user.created'], undefined)).toEqual([
      'session.scored',
      'user.created',
    ]);
    expect(replayedTypes(['*'], undefined)).toBeUndefined();
  });

  it('of the types that are named, those that the webhook listens to', () => {
    expect(replayedTypes(['session.scored'], ['user.created', 'session.scored'])).toEqual([
      'session.scored',
    ]);
    expect(replayedTypes(['*'], ['user.created'])).toEqual(['user.created']);
  });

  it('nothing, when the webhook listens to none of the types that are named', () => {
    expect(replayedTypes(['session.scored'], ['user.created'])).toEqual([]);
  });
});
