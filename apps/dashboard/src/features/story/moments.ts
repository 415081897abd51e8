import type { StoryEvent } from './sessions.ts';

/** An entry of a session's time line: an event, or a run of reports that say little each. */
export type Moment =
  | { kind: 'event'; event: StoryEvent }
  | { kind: 'run'; events: readonly [StoryEvent, ...StoryEvent[]] };

/** Frequent types, which are of interest only together. */
const IN_RUNS = new Set(['session.progress', 'session.scored']);
/** Shorter runs are shown event by event. */
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
