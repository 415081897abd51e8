// The process that evaluates expressions. Its parent sends requests and kills it when no answer comes in time.
// Files here name each other with `.ts`: the tests have Node run them as they are.
import type { EvaluationRequest } from '../evaluation.js';
import { answerSome } from './answer-some.ts';
import { stopTheClock } from './repeatable.ts';
import { reply } from './reply.ts';
import { watchParent } from './watch-parent.ts';

stopTheClock();
watchParent();
process.on('disconnect', () => process.exit());
process.on('message', (requests: EvaluationRequest[]) => {
  void answerSome(requests).then((answers) => process.send?.(reply(answers)));
});
process.send?.(reply([]));
