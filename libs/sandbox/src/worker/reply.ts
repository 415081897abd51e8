export interface Answered<Answer> {
  answer: Answer;
  /** How long it took, in milliseconds. */
  ms: number;
}

/** What a worker sends: when it is ready, with no answers, and after each message that it gets. */
export interface Reply<Answer = unknown> {
  /** To the first of the requests, at least one. */
  answers: Answered<Answer>[];
  /** What this process has used so far, in milliseconds. */
  processorMs: number;
  /** Set while it goes on: it has this long from now, in milliseconds, in place of what it had left. */
  allowMs?: number;
}

export function reply<Answer>(answers: Answered<Answer>[], allowMs?: number): Reply<Answer> {
  const { user, system } = process.cpuUsage();
  return {
    answers,
    processorMs: (user + system) / 1_000,
    ...(allowMs !== undefined && { allowMs }),
  };
}
