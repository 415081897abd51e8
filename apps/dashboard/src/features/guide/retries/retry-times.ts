/** The default retry schedule of a webhook, in seconds. */
export const USUAL_SCHEDULE: readonly number[] = [30, 120, 600, 3_600, 21_600];

/** An attempt of a cycle. */
interface PlannedAttempt {
  number: number;
  /** Seconds after the failure before it; 0 for the first. */
  waits: number;
  /** Seconds after the first attempt, if every attempt fails at once. */
  after: number;
}

/** The attempts of a cycle in which every one fails. */
export function plannedAttempts(schedule: readonly number[]): PlannedAttempt[] {
  let after = 0;
  return [0, ...schedule].map((waits, index) => {
    after += waits;
    return { number: index + 1, waits, after };
  });
}

/** "30 s", "2 min", "1 h 30 min", "1 day": exact, as schedules are written. */
export function exactDuration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const words = parts
    .filter(([value]) => value > 0)
    .map(([value, unit]) => `${value} ${unit === 'day' && value > 1 ? 'days' : unit}`);
  return words.slice(0, 2).join(' ') || '0 s';
}
