import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEADLINE_MS, MAX_WAIT_MS, type Program } from '@schoolbell/sandbox';
import { failed, type AnyEvaluation, type EvaluationRequest } from './evaluation.js';

const JSONATA = createRequire(import.meta.url).resolve('jsonata');
const FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'evaluator');

/** Evaluates one expression on one document. */
export const EVALUATOR: Program<EvaluationRequest, AnyEvaluation> = {
  file: join(FOLDER, `evaluate${extname(import.meta.url)}`),
  args: [JSONATA],
  folders: [FOLDER, dirname(JSONATA)],
  flags: ['--disallow-code-generation-from-strings'],
  sizeOf: ({ input }) => input.length,
  lost: {
    deadline: failed(
      'deadline',
      `The expression ran for longer than ${DEADLINE_MS} ms. Make it do less, or simplify its regular expressions.`,
    ),
    memory: failed('memory', 'The expression needs too much memory. Make it build smaller values.'),
    unavailable: failed(
      'unavailable',
      `The expression was not evaluated within ${MAX_WAIT_MS / 1000} s, because too many evaluations were waiting. Try again.`,
    ),
  },
};
