import { setTimeout as sleep } from 'node:timers/promises';

const AGAIN_AFTER_MS = 100;
const ANSWER_WITHIN_MS = 5_000;
/** A minute: longer than any fault of a test. */
const MOST_TRIES = 600;

/** What a page was told, apart from that its commits were taken. */
export interface Refusals {
  /** Answers with SCORM's error body. */
  refused: number;
  /** Requests without an answer. */
  unanswered: number;
}

/**
 * A learner's page that takes a course: as many commits as the course has pages, the last one completed. Commits that
 * were not taken are repeated, as a runtime does when a commit returns "false".
 */
export async function takeCourse(
  commitUrls: readonly string[],
  pages: number,
  pauseMs: number,
): Promise<Refusals> {
  const refusals: Refusals = { refused: 0, unanswered: 0 };
  for (let page = 1; page <= pages; page++) {
    const status = page === pages ? 'completed' : 'incomplete';
    const core = { lesson_status: status, lesson_location: `p${page}`, lesson_mode: 'normal' };
    const body = JSON.stringify({ cmi: { core }, commitSequence: page });
    await commit(commitUrls[page % commitUrls.length]!, body, refusals);
    await sleep(pauseMs);
  }
  return refusals;
}

/** Posts until the commit is taken. */
export async function commit(url: string, body: string, refusals: Refusals): Promise<void> {
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const answer = await post(url, body);
    if (answer === '{"result":true,"errorCode":0}') return;
    if (answer === undefined) refusals.unanswered += 1;
    else if (/"result":"false","errorCode":391/.test(answer)) refusals.refused += 1;
    else throw new Error(`Neither taken nor refused as SCORM says: ${answer}`);
    await sleep(AGAIN_AFTER_MS);
  }
  throw new Error(`Not taken in ${MOST_TRIES} tries.`);
}

/** @returns the body of the answer; `undefined` without an answer */
async function post(url: string, body: string): Promise<string | undefined> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  };
  try {
    return await (await fetch(url, init)).text();
  } catch {
    return undefined;
  }
}
