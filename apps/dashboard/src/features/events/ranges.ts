/** Time ranges to narrow a list to; the address has only their `from`. */
export const RANGES = [
  { value: '', label: 'Any time' },
  { value: '1h', label: 'Last hour', ms: 3_600_000 },
  { value: '24h', label: 'Last 24 hours', ms: 86_400_000 },
  { value: '7d', label: 'Last 7 days', ms: 604_800_000 },
  { value: '30d', label: 'Last 30 days', ms: 2_592_000_000 },
] as const;

export type RangeValue = (typeof RANGES)[number]['value'];

/** When a range begins, to the minute: an address that is opened twice asks for the same. */
export function beginOf(value: RangeValue, now: number): string | undefined {
  const range = RANGES.find((one) => one.value === value);
  if (!range || !('ms' in range)) return undefined;
  return new Date(Math.floor((now - range.ms) / 60_000) * 60_000).toISOString();
}
