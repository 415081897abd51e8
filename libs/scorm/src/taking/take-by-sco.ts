import type { ScoState } from '../attempt/attempt-state.js';
import { hasProgressed, isScoredAnew } from '../attempt/standing-changes.js';
import type { Standing } from '../attempt/standing.js';
import type { CmiCommit } from '../cmi-commit.js';
import type { SessionFact } from '../session-fact.js';
import { withoutAbsent } from '../without-absent.js';
import { progressFact, scoredFact } from './facts.js';
import { isForCredit } from './is-for-credit.js';
import { timeBefore, totalTimeOf } from './total-time.js';
import type { TimedStanding } from './whole-package.js';

/** A commit, and where it leaves the learner. */
interface JudgedCommit {
  commit: CmiCommit;
  standing: Standing;
  /** It proves that the SCO is done. */
  isProof: boolean;
}

/** What a commit makes of its SCO. */
export interface TakenBySco {
  sco: ScoState;
  /** What `session.completed` shows if this commit proves it. */
  shown: TimedStanding;
  facts: SessionFact[];
}

/** A commit that came too late changes nothing, but what it proves stays proven. */
export function takeLate(sco: ScoState, { commit, standing, isProof }: JudgedCommit): TakenBySco {
  return {
    sco: isProof ? { ...sco, done: true } : sco,
    shown: { ...standing, totalTime: totalTimeOf(sco, commit, 0) },
    facts: [],
  };
}

export function takeInOrder(
  before: ScoState,
  judged: JudgedCommit,
  { launch, scoId }: { launch: number; scoId: string },
): TakenBySco {
  const { commit, standing } = judged;
  const sco = after(before, judged, launch);
  const { totalTime } = sco;
  const subject = { scoId, totalTime };
  const facts: SessionFact[] = [];
  if (hasProgressed(before.uncredited ?? before, standing)) {
    facts.push(progressFact(subject, standing, commit));
  }
  if (isForCredit(commit) && isScoredAnew(before, standing)) {
    facts.push(scoredFact(subject, standing));
  }
  return { sco, shown: { ...standing, totalTime }, facts };
}

function after(before: ScoState, judged: JudgedCommit, launch: number): ScoState {
  const { commit, standing, isProof } = judged;
  const { uncredited: _, lastSequence, ...credited } = before;
  const isSameLaunch = launch === before.launch;
  const totalTimeBefore = timeBefore(before, launch);
  const learned = isForCredit(commit) ? standing : { ...credited, uncredited: standing };
  return withoutAbsent({
    ...learned,
    newestLaunch: Math.max(before.newestLaunch, launch),
    launch,
    lastSequence: commit.sequence ?? (isSameLaunch ? lastSequence : undefined),
    totalTime: totalTimeOf(before, commit, totalTimeBefore),
    totalTimeBefore,
    done: before.done || isProof,
  });
}
