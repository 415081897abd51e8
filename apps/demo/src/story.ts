import { CLASS, COURSES } from './curriculum.js';
import { eventsOf, type Sitting, type StoryEvent } from './sitting.js';

/** An event with the moment at which the runtime reports it. */
export interface ScheduledEvent extends StoryEvent {
  /** Milliseconds after the story began. */
  atMs: number;
  idempotencyKey: string;
}

const SECONDS_PER_SITTING = 2;
const FAILING_POINTS = 52;

/**
 * A class of learners at work: their sessions begin one after the other, overlap, and all end in time. One learner
 * fails and passes at the second attempt, and one leaves in the middle.
 *
 * @param durationMs how long the story is
 * @param runId goes into the idempotency keys, so that a second demo is not taken for a repeat of the first
 * @param random 0 ≤ random < 1
 */
export function tellStory(
  durationMs: number,
  runId: string,
  random: () => number,
): ScheduledEvent[] {
  const count = Math.max(3, Math.round(durationMs / 1000 / SECONDS_PER_SITTING));
  return sittingsOf(count, random)
    .flatMap((sitting, index) =>
      schedule(sitting, index / count, durationMs, random).map((event, step) => ({
        ...event,
        idempotencyKey: `${runId}:${sitting.number}:${step + 1}`,
      })),
    )
    .toSorted((a, b) => a.atMs - b.atMs);
}

/** Who takes which course; seat by seat, every learner gets to every course. */
function sittingsOf(count: number, random: () => number): Sitting[] {
  const attempts = new Map<string, number>();
  return Array.from({ length: count }, (_, index) => {
    // The third sitting is the second one's learner and course again: the first time they fail.
    const seat = index === 2 ? 1 : index;
    const learner = CLASS[seat % CLASS.length]!;
    const course = COURSES[(seat + Math.floor(seat / CLASS.length)) % COURSES.length]!;
    const pair = `${learner.id} ${course.id}`;
    const attempt = (attempts.get(pair) ?? 0) + 1;
    attempts.set(pair, attempt);
    // The fourth leaves in the middle and is never reported as completed.
    const abandoned = index === 3;
    const passing = course.passingScore + Math.floor(random() * (100 - course.passingScore));
    return {
      number: index + 1,
      learner,
      course,
      attempt,
      points: index === 1 ? FAILING_POINTS : passing,
      abandoned,
    };
  });
}

/** @param start when the session begins, as a share of the story; it takes up to half of the rest */
function schedule(
  sitting: Sitting,
  start: number,
  durationMs: number,
  random: () => number,
): (StoryEvent & { atMs: number })[] {
  const events = eventsOf(sitting);
  const length = Math.min(0.4, 1 - start) * (0.6 + 0.4 * random());
  return events.map((event, step) => ({
    ...event,
    atMs: Math.round((start + (length * step) / events.length) * durationMs),
  }));
}
