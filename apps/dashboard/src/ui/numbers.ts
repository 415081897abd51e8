const COUNT = new Intl.NumberFormat('en');
const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const PERCENT = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** 31,204 */
export const count = (value: number): string => COUNT.format(value);
/** 31K */
export const shortCount = (value: number): string => SHORT.format(value);
/** @param share 0 to 1 */
export const percent = (share: number): string => PERCENT.format(share);
/** "5 webhooks", "1 webhook"; `plural` where an s is not enough: "2 deliveries". */
export const counted = (value: number, noun: string, plural = `${noun}s`): string =>
  `${count(value)} ${value === 1 ? noun : plural}`;

/** 60 ms, 1.2 s, 2 min */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`;
  return `${(ms / 3_600_000).toFixed(ms < 36_000_000 ? 1 : 0).replace(/\.0$/, '')} h`;
}
