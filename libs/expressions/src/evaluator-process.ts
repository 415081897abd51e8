import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EvaluationRequest } from './evaluation.js';
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
  #finish: ((outcome: Outcome) => void) | undefined;
  #alive = true;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', (answers: AnyEvaluation[]) => this.#finish?.({ answers }));
    // `exit` tells of everything that matters; without a listener an error would end the product.
    child.on('error', () => undefined);
    child.once('exit', () => {
      this.#alive = false;
      this.#finish?.({ lost: 'memory' });
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
    await ready(child);
    return new EvaluatorProcess(child);
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** One call at a time. The process is killed when it has not answered after `deadlineMs`. */
  evaluate(requests: readonly EvaluationRequest[], deadlineMs: number): Promise<Outcome> {
    return new Promise((resolve) => {
      const finish = (outcome: Outcome): void => {
        clearTimeout(timer);
        this.#finish = undefined;
        resolve(outcome);
      };
      const timer = setTimeout(() => this.#runOut(finish), deadlineMs);
      this.#finish = finish;
      this.child.send(requests, () => undefined);
    });
  }

  kill(): void {
    this.#alive = false;
    this.child.kill('SIGKILL');
  }

  /** An answer that has come while this process was busy elsewhere still counts: it is read first. */
  #runOut(finish: (outcome: Outcome) => void): void {
    setImmediate(() => {
      if (this.#finish !== finish) return;
      this.kill();
      finish({ lost: 'deadline' });
    });
  }
}

async function ready(child: ChildProcess): Promise<void> {
  const signal = AbortSignal.timeout(START_MS);
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('A process for evaluating expressions ended while it started.');
  });
  try {
    await Promise.race([once(child, 'message', { signal }), ended]);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}
