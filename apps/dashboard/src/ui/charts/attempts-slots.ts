import type { HourDocument } from '@schoolbell/api-client';
import type { Slot } from './slot.ts';

export const WINDOWS = ['24h', '7d', '30d'] as const;
export type Window = (typeof WINDOWS)[number];

/** Hours per bar: an hour, a quarter of a day, a day, by the viewer's clock. */
const HOURS_OF_SLOT: Record<Window, number> = { '24h': 1, '7d': 6, '30d': 24 };

export interface AttemptsSlot extends Slot {
  delivered: number;
  failed: number;
  /** Delivered attempts as a share of delivered and failed ones, 0 to 1; null if there were none. */
  successRate: number | null;
  /** From its slowest hour; null when nothing was answered. */
  responseTimeMs: { p50: number; p95: number; p99: number } | null;
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });
const NAMED_DAY = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
});

/** The API's hours as the bars of a chart, oldest first. */
export function slotsOf(hours: readonly HourDocument[], window: Window): AttemptsSlot[] {
  const perSlot = HOURS_OF_SLOT[window];
  const groups = Map.groupBy(hours, ({ at }) => {
    const time = new Date(at);
    return `${time.toDateString()} ${Math.floor(time.getHours() / perSlot)}`;
  });
  return [...(perSlot === 1 ? hours.map((hour) => [hour]) : groups.values())].map((group) =>
    slotOf(group, window),
  );
}

function slotOf(hours: readonly HourDocument[], window: Window): AttemptsSlot {
  const delivered = hours.reduce((sum, { outcomes }) => sum + outcomes.delivered, 0);
  const failed = hours.reduce((sum, { outcomes }) => sum + outcomes.failed, 0);
  const at = hours[0]!.at;
  return {
    at,
    ...wordsOf(new Date(at), new Date(Date.parse(hours.at(-1)!.at) + 3_600_000), window),
    delivered,
    failed,
    successRate: delivered + failed === 0 ? null : delivered / (delivered + failed),
    responseTimeMs: slowestOf(hours),
  };
}

function wordsOf(from: Date, to: Date, window: Window): { label: string; name: string } {
  if (window === '30d') return { label: DAY.format(from), name: NAMED_DAY.format(from) };
  const day = window === '24h' ? WEEKDAY.format(from) : NAMED_DAY.format(from);
  const name = `${day}, ${clock(from)}–${clock(to)}`;
  return { label: window === '24h' ? clock(from) : DAY.format(from), name };
}

const clock = (time: Date): string =>
  `${String(time.getHours()).padStart(2, '0')}:${String(time.getMinutes()).padStart(2, '0')}`;

/** Percentiles of hours cannot be combined, so the highest is taken. */
function slowestOf(hours: readonly HourDocument[]): AttemptsSlot['responseTimeMs'] {
  const answered = hours.flatMap(({ responseTimeMs }) => responseTimeMs ?? []);
  if (answered.length === 0) return null;
  const most = (of: (times: (typeof answered)[number]) => number) => Math.max(...answered.map(of));
  return { p50: most(({ p50 }) => p50), p95: most(({ p95 }) => p95), p99: most(({ p99 }) => p99) };
}
