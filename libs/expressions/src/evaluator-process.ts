import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Deadline } from './deadline.js';
import type { EvaluationRequest } from './evaluation.js';
import type { Reply } from './evaluator/reply.js';
import type { AnyEvaluation } from './task.js';

/** The answers to the first of the requests, at least one; or what the process was lost to. */
export type Outcome = { answers: readonly AnyEvaluation[] } | { lost: 'deadline' | 'memory' };

/** A machine under full load needs seconds for what else takes 40 ms. */
const START_MS = 10_000;

const JSONATA = createRequire(import.meta.url).resolve('jsonata');
// The tests run the sources, whose types Node strips; the product runs what was compiled from them.
const FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'evaluator');
const MAIN = join(FOLDER, `main${extname(import.meta.url)}`);

const FLAGS = [
  // No files but its own and JSONata's, no processes, no add-ons. Its one thread watches for orphans.
  '--permission',
  '--allow-worker',
  `--allow-fs-read=${join(FOLDER, '*')}`,
  `--allow-fs-read=${join(dirname(JSONATA), '*')}`,
  '--disallow-code-generation-from-strings',
  '--disable-proto=delete',
  '--max-old-space-size=64',
  '--max-semi-space-size=4',
];

/**
 * A process that evaluates expressions and can be killed at any time.
 *
 * A process and no thread: V8 aborts the whole process when a thread asks for one large block over its
 * limit, and `[1..1e7]` is enough for that.
 */
export class EvaluatorProcess {
  readonly #deadline: Deadline;
  #answer: ((outcome: Outcome) => void) | undefined;
  #processorMs: number;
  #alive = true;

  private constructor(
    private readonly child: ChildProcess,
    { processorMs }: Reply,
  ) {
    this.#processorMs = processorMs;
    this.#deadline = new Deadline(child.pid, () => {
      this.kill();
      this.#finish({ lost: 'deadline' });
    });
    child.on('message', (reply: Reply) => {
      this.#processorMs = reply.processorMs;
      this.#finish({ answers: reply.answers });
    });
    // `exit` tells of everything that matters; without a listener an error would end the product.
    child.on('error', () => undefined);
    child.once('exit', () => {
      this.#alive = false;
      this.#finish({ lost: 'memory' });
    });
  }

  /** @throws when no process starts within 10 s */
  static async start(): Promise<EvaluatorProcess> {
    const child = fork(MAIN, [JSONATA], {
      // Nothing of the product's environment, which holds its secrets.
      env: { TZ: 'UTC' },
      execArgv: FLAGS,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return new EvaluatorProcess(child, await ready(child));
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** One call at a time. The process is killed when it does not answer within its deadline. */
  evaluate(requests: readonly EvaluationRequest[]): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#deadline.begin(this.#processorMs);
      this.child.send(requests, () => undefined);
    });
  }

  kill(): void {
    this.#alive = false;
    this.child.kill('SIGKILL');
  }

  #finish(outcome: Outcome): void {
    this.#deadline.end();
    this.#answer?.(outcome);
    this.#answer = undefined;
  }
}

async function ready(child: ChildProcess): Promise<Reply> {
  const signal = AbortSignal.timeout(START_MS);
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('A process for evaluating expressions ended while it started.');
  });
  try {
    const [first] = await Promise.race([once(child, 'message', { signal }), ended]);
    return first as Reply;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}
