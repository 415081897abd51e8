import type { Standing } from '../attempt/standing.js';
import type { CmiCommit } from '../cmi-commit.js';
import type { ScormRules } from '../scorm-rules.js';
import { withoutAbsent } from '../without-absent.js';
import { isForCredit } from './is-for-credit.js';

type Statuses = Pick<Standing, 'completionStatus' | 'successStatus'>;

/**
 * Where a commit leaves the learner: what the SCO says, after the thresholds of the package and by the rules of the
 * tenant. Thresholds are applied at every commit as scorm-again 3.4.3 does at its last one (`storeData`): that one may
 * never arrive, and `session.completed` is to say whether the learner passed.
 */
export function judgeStanding(commit: CmiCommit, rules: ScormRules): Standing {
  const { progressMeasure, scoreScaled, scoreRaw, scoreMin, scoreMax, location } = commit;
  return withoutAbsent({
    ...(commit.standard === '1.2' ? judge12(commit, rules) : judge2004(commit, rules)),
    progressMeasure,
    scoreScaled,
    scoreRaw,
    scoreMin,
    scoreMax,
    location,
  });
}

/**
 * SCORM 1.2 RTE 3.4, `cmi.core.lesson_status`: a SCO that is done has passed or failed by its mastery score.
 * scorm-again 3.4.3 judges every status so at its last commit; before that, only `completed` says that the score is
 * that of the whole test.
 */
function judge12(commit: CmiCommit, rules: ScormRules): Statuses {
  const { masteryScore, scoreRaw, lessonStatus } = commit;
  const isJudged =
    appliesThresholds(commit, rules) &&
    lessonStatus === 'completed' &&
    masteryScore !== undefined &&
    scoreRaw !== undefined;
  if (isJudged) return scoreRaw >= masteryScore ? PASSED : failed(rules);
  return lessonStatus === 'failed' ? failed(rules) : statusesOf(commit);
}

/** SCORM 2004 4th Edition, RTE 4.2.4 (completion status) and 4.2.22 (success status). */
function judge2004(commit: CmiCommit, rules: ScormRules): Statuses {
  const statuses = statusesOf(commit);
  if (!appliesThresholds(commit, rules)) return statuses;
  const { progressMeasure, completionThreshold, scoreScaled, scaledPassingScore } = commit;
  if (progressMeasure !== undefined && completionThreshold !== undefined) {
    const isReached = progressMeasure >= completionThreshold;
    statuses.completionStatus = isReached ? 'completed' : 'incomplete';
  }
  if (scoreScaled !== undefined && scaledPassingScore !== undefined) {
    statuses.successStatus = scoreScaled >= scaledPassingScore ? 'passed' : 'failed';
  }
  return statuses;
}

const PASSED: Statuses = { completionStatus: 'completed', successStatus: 'passed' };

function failed({ completionOnFailed }: ScormRules): Statuses {
  const completionStatus = completionOnFailed ? 'completed' : 'incomplete';
  return { completionStatus, successStatus: 'failed' };
}

function appliesThresholds(commit: CmiCommit, rules: ScormRules): boolean {
  return rules.applyThresholds && isForCredit(commit);
}

function statusesOf({ completionStatus, successStatus }: CmiCommit): Statuses {
  return { completionStatus, successStatus };
}
