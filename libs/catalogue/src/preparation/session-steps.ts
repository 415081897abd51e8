import { calendarDates } from './calendar-dates.js';
import { durationsNormalised } from './durations-normalised.js';
import { lessonStatusMapped } from './lesson-status-mapped.js';
import { scoresInOrder } from './scores-in-order.js';
import type { PreparationStep } from './step.js';

/** What every event of a session goes through. */
export const SESSION_STEPS: readonly PreparationStep[] = [
  scoresInOrder,
  calendarDates('certificate.expiryDate'),
  lessonStatusMapped,
  durationsNormalised,
];
