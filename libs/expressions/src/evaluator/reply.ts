import type { Evaluation } from '../evaluation.js';

/** What an evaluator sends: when it is ready, with no answers, and after each message that it gets. */
export interface Reply {
  /** To the first of the requests, at least one. */
  answers: Evaluation<boolean | string>[];
  /** What this process has used so far, in milliseconds. */
  processorMs: number;
}

export function reply(answers: Reply['answers']): Reply {
  const { user, system } = process.cpuUsage();
  return { answers, processorMs: (user + system) / 1_000 };
}
