/** Units, with their seconds. */
const STEPS: readonly [string, number][] = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
];
const FORMATS = {
  full: new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }),
  time: new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' }),
  day: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }),
};

/** "2 min ago", "in 58 min"; "just now" within ten seconds. */
export function agoOf(at: string, now: number): string {
  const seconds = (Date.parse(at) - now) / 1_000;
  if (Math.abs(seconds) < 10) return 'just now';
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length)!;
  const length = `${Math.trunc(Math.abs(seconds) / size)} ${unit}`;
  return seconds < 0 ? `${length} ago` : `in ${length}`;
}

/** In the viewer's own time zone. */
export function inZone(at: string, as: keyof typeof FORMATS): string {
  return FORMATS[as].format(new Date(at));
}

export function inUtc(at: string): string {
  return `${new Date(at).toISOString().replace('T', ' ').slice(0, 19)} UTC`;
}
