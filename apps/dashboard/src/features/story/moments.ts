import type { StoryEvent } from './sessions.ts';

/** What stands on the time line of a session: an event, or a run of reports that say little each. */
export type Moment =
  | { kind: 'event'; event: StoryEvent }
  | { kind: 'run'; events: readonly [StoryEvent, ...StoryEvent[]] };

/** Frequent, and of interest together. */
const IN_RUNS = new Set(['session.progress', 'session.scored']);
/** Fewer are shown one by one. */
const LEAST_OF_A_RUN = 4;

/** @param events oldest first */
export function momentsOf(events: readonly StoryEvent[]): Moment[] {
  const moments: Moment[] = [];
  let run: StoryEvent[] = [];
  const endRun = () => {
    const [first, ...others] = run;
    if (first && run.length >= LEAST_OF_A_RUN)
      moments.push({ kind: 'run', events: [first, ...others] });
    else moments.push(...run.map((event): Moment => ({ kind: 'event', event })));
    run = [];
  };
  for (const event of events) {
    if (IN_RUNS.has(event.type)) {
      run.push(event);
      continue;
    }
    endRun();
    moments.push({ kind: 'event', event });
  }
  endRun();
  return moments;
}
