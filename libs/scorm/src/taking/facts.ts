import { durationOfHundredths } from '@schoolbell/catalogue';
import { scoresOf, type Standing } from '../attempt/standing.js';
import type { CmiCommit } from '../cmi-commit.js';
import type { SessionFact } from '../session-fact.js';
import { withoutAbsent } from '../without-absent.js';
import { isForCredit } from './is-for-credit.js';

/** What an event is of. */
interface FactSubject {
  /** "" where the launch names none, and for the package as a whole. */
  scoId: string;
  /** Of all launches, hundredths of a second. */
  totalTime: number;
}

export function progressFact(
  subject: FactSubject,
  standing: Standing,
  commit: CmiCommit,
): SessionFact {
  const { completionStatus, successStatus, progressMeasure } = standing;
  const { mode, credit } = commit;
  return fact('session.progress', {
    scoId: named(subject),
    ...(isForCredit(commit) ? {} : { mode, credit }),
    completionStatus,
    successStatus,
    progressMeasure,
    ...scoresOf(standing),
    totalTime: timeShown(subject, commit),
  });
}

export function scoredFact(subject: FactSubject, standing: Standing): SessionFact {
  const { successStatus } = standing;
  return fact('session.scored', { scoId: named(subject), ...scoresOf(standing), successStatus });
}

export function completedFact(
  subject: FactSubject,
  standing: Standing,
  commit: CmiCommit,
): SessionFact {
  const { completionStatus, successStatus } = standing;
  return fact('session.completed', {
    scoId: named(subject),
    completionStatus,
    successStatus,
    ...scoresOf(standing),
    totalTime: timeShown(subject, commit),
  });
}

function fact(type: SessionFact['type'], data: Record<string, unknown>): SessionFact {
  return { type, data: withoutAbsent(data) };
}

function named({ scoId }: FactSubject): string | undefined {
  return scoId === '' ? undefined : scoId;
}

/** Before the end, 0 only means that the player has not said any time yet. */
function timeShown({ totalTime }: FactSubject, { terminate }: CmiCommit): string | undefined {
  return totalTime > 0 || terminate ? durationOfHundredths(totalTime) : undefined;
}
