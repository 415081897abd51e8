import { hasScore, scoresOf, type Scores, type Standing } from '../attempt/standing.js';

/** Where a learner stands after this time, hundredths of a second. */
export type TimedStanding = Standing & { totalTime: number };

/**
 * Where the learner stands in a package whose SCOs are all done: failed if one SCO is, passed if one is and none failed.
 * Scores of several SCOs have no sum that means anything: a score is the package's only if it is the only one.
 */
export function wholePackage(scos: readonly TimedStanding[]): TimedStanding {
  return {
    completionStatus: 'completed',
    successStatus: wholeSuccess(scos),
    ...onlyScore(scos),
    totalTime: scos.reduce((sum, { totalTime }) => sum + totalTime, 0),
  };
}

function wholeSuccess(scos: readonly Standing[]): Standing['successStatus'] {
  const statuses = new Set(scos.map(({ successStatus }) => successStatus));
  if (statuses.has('failed')) return 'failed';
  return statuses.has('passed') ? 'passed' : 'unknown';
}

function onlyScore(scos: readonly Standing[]): Scores {
  const scored = scos.filter(hasScore);
  return scored.length === 1 ? scoresOf(scored[0]!) : {};
}
