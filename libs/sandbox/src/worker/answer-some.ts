/** Well within any deadline, which holds for all of a message together. */
const SLICE_MS = 15;

/**
 * Answers to the first of the requests: after 15 ms no further one is begun, so that many honest requests
 * together do not run over a deadline that each of them keeps.
 */
export async function answerSome<Request, Answer>(
  requests: readonly Request[],
  answer: (request: Request) => Answer | Promise<Answer>,
): Promise<Answer[]> {
  const begun = performance.now();
  const answers: Answer[] = [];
  for (const request of requests) {
    answers.push(await answer(request));
    if (performance.now() - begun > SLICE_MS) break;
  }
  return answers;
}
