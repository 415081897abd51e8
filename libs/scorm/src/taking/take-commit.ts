import { isDeepStrictEqual } from 'node:util';
import type { AttemptState } from '../attempt/attempt-state.js';
import { scoStateOf } from '../attempt/sco-state-of.js';
import { provesCompletion } from '../attempt/standing-changes.js';
import type { CmiCommit } from '../cmi-commit.js';
import type { ScormRules } from '../scorm-rules.js';
import type { SessionFact } from '../session-fact.js';
import { completedFact } from './facts.js';
import { isForCredit } from './is-for-credit.js';
import { isStale } from './is-stale.js';
import { judgeStanding } from './judge-standing.js';
import { takeInOrder, takeLate, type TakenBySco } from './take-by-sco.js';
import { wholePackage } from './whole-package.js';

/** Where a commit belongs in its attempt. */
export interface CommitPlace {
  /** The number of its launch, as `openLaunch` gave it. */
  launch: number;
  /** The SCO that it is of, "" for none; see `scoIdOf`. */
  scoId: string;
  /** The SCOs that make up the package, if the launch names them: it is completed when all of them are. */
  scos?: readonly string[];
  rules: ScormRules;
  /** The registration has a newer attempt. */
  isOldAttempt: boolean;
}

interface TakenCommit {
  /** The very same object where nothing changed. */
  attempt: AttemptState;
  /** In the order in which they are to be emitted. */
  facts: SessionFact[];
}

/**
 * Takes a commit into its attempt. Events are edge-triggered: one follows where something differs from the last commit
 * that counted, and `session.completed` once in the attempt, whichever commit proves it, also one that came too late.
 */
export function takeCommit(
  attempt: AttemptState,
  commit: CmiCommit,
  place: CommitPlace,
): TakenCommit {
  const before = scoStateOf(attempt, place.scoId);
  const standing = judgeStanding(commit, place.rules);
  const isProof = isForCredit(commit) && provesCompletion(standing);
  const judged = { commit, standing, isProof };
  const isLate = place.isOldAttempt || isStale(before, place.launch, commit.sequence);
  const taken = isLate ? takeLate(before, judged) : takeInOrder(before, judged, place);
  const after = isDeepStrictEqual(before, taken.sco)
    ? attempt
    : { ...attempt, scos: { ...attempt.scos, [place.scoId]: taken.sco } };
  if (!isProof) return { attempt: after, facts: taken.facts };
  return withCompletion(after, commit, place, taken);
}

function withCompletion(
  attempt: AttemptState,
  commit: CmiCommit,
  place: CommitPlace,
  { shown, facts }: TakenBySco,
): TakenCommit {
  const scos = new Set(place.scos);
  const scoId = scos.size > 0 ? '' : place.scoId;
  const isDone = [...scos].every((id) => scoStateOf(attempt, id).done);
  if (!isDone || attempt.completed.includes(scoId)) return { attempt, facts };
  // The commit itself says where its SCO is: one that came too late is not in the state.
  const standings = [...scos].map((id) => (id === place.scoId ? shown : scoStateOf(attempt, id)));
  const standing = scos.size > 0 ? wholePackage(standings) : shown;
  const subject = { scoId, totalTime: standing.totalTime };
  return {
    attempt: { ...attempt, completed: [...attempt.completed, scoId] },
    facts: [...facts, completedFact(subject, standing, commit)],
  };
}
