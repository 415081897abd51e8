import { uuidV7 } from '@schoolbell/ids';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, toPage } from './pagination.js';

const rows = Array.from({ length: 4 }, () => ({ id: uuidV7() }));

describe('a page', () => {
  it('has a cursor when there is a row more than it holds', () => {
    const page = toPage(rows, 3, ({ id }) => id);
    expect(page.data).toEqual(rows.slice(0, 3).map(({ id }) => id));
    expect(decodeCursor(page.nextCursor!)).toBe(rows[2]!.id);
  });

  it('is the last one otherwise', () => {
    expect(toPage(rows, 4, ({ id }) => id).nextCursor).toBeNull();
    expect(toPage([], 4, ({ id }) => id)).toEqual({ data: [], nextCursor: null });
  });
});

describe('a cursor', () => {
  it('leads back to where it was made', () => {
    for (const { id } of rows) expect(decodeCursor(encodeCursor(id))).toBe(id);
    expect(decodeCursor(undefined)).toBeUndefined();
  });

  it.each(['', 'x', 'AAAA', `${encodeCursor(uuidV7())}A`, encodeCursor(uuidV7()).slice(1)])(
    'that nobody made is refused: %s',
    (text) => {
      expect(() => decodeCursor(text)).toThrow('is not a cursor of this list');
    },
  );
});
