const UNITS: readonly [name: string, seconds: number][] = [
  ['day', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
];

/** "30 s", "2 min", "1 h 30 min", "2 days". */
export function inWords(seconds: number): string {
  let left = Math.round(seconds);
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const times = Math.floor(left / size);
    left -= times * size;
    if (times > 0) parts.push(`${times} ${unit === 'day' && times > 1 ? 'days' : unit}`);
  }
  return parts.join(' ') || '0 s';
}

/** As people write a schedule: "30 s, 2 min, 1 h". */
export const scheduleInWords = (delays: readonly number[]): string =>
  delays.map(inWords).join(', ');

const PART = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/;
const SPELLINGS: Record<string, number> = {
  '': 1,
  s: 1,
  sec: 1,
  second: 1,
  m: 60,
  min: 60,
  minute: 60,
  h: 3_600,
  hr: 3_600,
  hour: 3_600,
  d: 86_400,
  day: 86_400,
};

/**
 * The seconds of "30 s", "2 min", "1 h 30 min" or "90"; a bare number means seconds.
 *
 * @returns undefined for anything else
 */
export function secondsOf(text: string): number | undefined {
  const parts = text
    .trim()
    .toLowerCase()
    .match(/\d+(?:\.\d+)?\s*[a-z]*/g);
  if (!parts || parts.join('').replaceAll(/\s/g, '') !== text.toLowerCase().replaceAll(/\s/g, '')) {
    return undefined;
  }
  let seconds = 0;
  for (const part of parts) {
    const [, amount, unit] = PART.exec(part.trim())!;
    const size = SPELLINGS[unit!] ?? SPELLINGS[unit!.replace(/s$/, '')];
    if (size === undefined) return undefined;
    seconds += Number(amount) * size;
  }
  return Math.round(seconds);
}

/** The delays of a schedule that a person wrote, or the part that cannot be read. */
export function scheduleOf(text: string): { delays: number[] } | { fault: string } {
  const parts = text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const delays = parts.map(secondsOf);
  const wrong = parts.filter((_, i) => delays[i] === undefined);
  if (wrong.length > 0)
    return { fault: `“${wrong[0]}” is not a time: write 30 s, 2 min, 1 h or 1 day.` };
  return { delays: delays as number[] };
}
