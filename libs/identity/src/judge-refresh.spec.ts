import { describe, expect, it } from 'vitest';
import { judgeRefresh, type SessionState } from './index.js';

const NOW = new Date('2026-11-22T12:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const DAY = 86_400;

const session = (changes: Partial<SessionState> = {}): SessionState => ({
  tokenNumber: 5,
  rotatedAt: ago(3600),
  presented: true,
  lastUsedAt: ago(3600),
  expiresAt: ago(-DAY),
  endedAt: null,
  ...changes,
});

const judge = (number: number, changes?: Partial<SessionState>) =>
  judgeRefresh(session(changes), number, NOW);

describe('a refresh token', () => {
  it('that is current is replaced by the next one', () => {
    expect(judge(5)).toEqual({ kind: 'rotated', number: 6 });
  });

  it('of the second of two tabs gets the same answer, for 30 s', () => {
    expect(judge(4, { rotatedAt: ago(29.9) })).toEqual({ kind: 'repeated', number: 5 });
    expect(judge(4, { rotatedAt: ago(30) })).toEqual({ kind: 'reused' });
  });

  it('whose answer got lost under a closed lid gets it again, days later', () => {
    const lost = { presented: false, rotatedAt: ago(3 * DAY), lastUsedAt: ago(3 * DAY) };
    expect(judge(4, lost)).toEqual({ kind: 'repeated', number: 5 });
  });

  it('that is older is a thief’s, also at once', () => {
    for (const number of [0, 3]) {
      const fresh = { presented: false, rotatedAt: ago(1) };
      expect(judge(number, fresh)).toEqual({ kind: 'reused' });
    }
  });

  it('of a number that was never given out is not believed', () => {
    expect(judge(6)).toEqual({ kind: 'reused' });
  });

  it('is worth nothing once the session ended, lasted 30 days, or was idle for seven', () => {
    for (const changes of [
      { endedAt: ago(1) },
      { expiresAt: NOW },
      { lastUsedAt: ago(7 * DAY), rotatedAt: ago(7 * DAY) },
    ]) {
      for (const number of [3, 4, 5]) expect(judge(number, changes)).toEqual({ kind: 'over' });
    }
  });
});
