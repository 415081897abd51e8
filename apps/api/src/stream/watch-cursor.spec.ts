import { describe, expect, it } from 'vitest';
import { CURSOR_LASTS_MS, decodeCursor, encodeCursor } from './watch-cursor.js';

const NOW = new Date('2026-11-28T12:00:00.123Z');
const ago = (ms: number) => encodeCursor(new Date(NOW.getTime() - ms));

describe('the cursor of a stream', () => {
  it('says where to go on, for a minute', () => {
    expect(decodeCursor(ago(0), NOW)).toEqual(NOW);
    expect(decodeCursor(ago(CURSOR_LASTS_MS), NOW)).toEqual(new Date(NOW.getTime() - 60_000));
    expect(decodeCursor(ago(CURSOR_LASTS_MS + 1), NOW)).toBeUndefined();
  });

  it.each(['', 'nonsense', ago(-1), 'djEu', Buffer.from('v1.1e9').toString('base64url')])(
    'leads nowhere where it is %j',
    (cursor) => expect(decodeCursor(cursor, NOW)).toBeUndefined(),
  );
});
