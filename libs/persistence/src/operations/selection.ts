import type { TimeRange } from '@schoolbell/delivery';

/** As stored: JSON knows no dates. */
export type StoredSelection<T extends TimeRange> = Omit<T, 'from' | 'to'> & {
  from?: string;
  to?: string;
};

export function readSelection<T extends TimeRange>(stored: StoredSelection<T>): T {
  const { from, to } = stored;
  return {
    ...stored,
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  } as unknown as T;
}
