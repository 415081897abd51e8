// The process that runs a program. Its parent sends requests and kills it when no answer comes in time.
// Files here name each other with `.ts`: the tests have Node run them as they are.
import { pathToFileURL } from 'node:url';
import { answerSome } from './answer-some.ts';
import { reply } from './reply.ts';
import { watchParent } from './watch-parent.ts';

const { answer } = await import(pathToFileURL(String(process.argv[2])).href);
const allow = (ms: number): unknown => process.send?.(reply([], ms));
const answerOne = (request: unknown): unknown => answer(request, allow);
watchParent();
process.on('disconnect', () => process.exit());
process.on('message', (requests: unknown[]) => {
  void answerSome(requests, answerOne).then((answers) => process.send?.(reply(answers)));
});
process.send?.(reply([]));
