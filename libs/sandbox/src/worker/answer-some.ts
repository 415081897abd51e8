import type { Answered } from './reply.ts';

/** Well within any deadline, which holds for all of a message together. */
const SLICE_MS = 15;

/**
 * Answers to the first of the requests: after 15 ms no further one is begun, so that many honest requests
 * together do not run over a deadline that each of them keeps.
 */
export async function answerSome<Request, Answer>(
  requests: readonly Request[],
  answer: (request: Request) => Answer | Promise<Answer>,
): Promise<Answered<Answer>[]> {
  const begun = performance.now();
  const answers: Answered<Answer>[] = [];
  let last = begun;
  for (const request of requests) {
    const answered = await answer(request);
    const now = performance.now();
    answers.push({ answer: answered, ms: now - last });
    if (now - begun > SLICE_MS) break;
    last = now;
  }
  return answers;
}
