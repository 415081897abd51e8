import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Deadline } from './deadline.js';
import type { Program } from './program.js';
import type { Answered, Reply } from './worker/reply.js';

/** The answers to the first of the requests, at least one; or what the process was lost to. */
export type Outcome<Answer> =
  { answers: readonly Answered<Answer>[] } | { lost: 'deadline' | 'memory' };

/** A machine under full load needs seconds for what else takes 40 ms. */
const START_MS = 10_000;

// The tests run the sources, whose types Node strips; the product runs what was compiled from them.
const FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'worker');
const MAIN = join(FOLDER, `main${extname(import.meta.url)}`);

const FLAGS = [
  // No files but its own and those of its program, no processes, no add-ons. Its one thread watches for orphans.
  '--permission',
  '--allow-worker',
  `--allow-fs-read=${join(FOLDER, '*')}`,
  '--disable-proto=delete',
  '--max-old-space-size=64',
  '--max-semi-space-size=4',
];

/**
 * A process that runs a program and can be killed at any time.
 *
 * A process and no thread: V8 aborts the whole process when a thread asks for one large block over its
 * limit, and the JSONata `[1..1e7]` is enough for that.
 */
export class SandboxProcess<Request, Answer> {
  private readonly deadline: Deadline;
  private answer: ((outcome: Outcome<Answer>) => void) | undefined;
  private processorMs: number;
  private isAlive = true;

  private constructor(
    private readonly child: ChildProcess,
    private readonly deadlineMs: number,
    { processorMs }: Reply<Answer>,
  ) {
    this.processorMs = processorMs;
    this.deadline = new Deadline(child.pid, () => {
      this.kill();
      this.finish({ lost: 'deadline' });
    });
    child.on('message', (reply: Reply<Answer>) => {
      this.processorMs = reply.processorMs;
      if (reply.allowMs === undefined) this.finish({ answers: reply.answers });
      else if (this.answer) this.deadline.begin(reply.allowMs, reply.processorMs);
    });
    // `exit` tells of everything that matters; without a listener an error would end the product.
    child.on('error', () => undefined);
    child.once('exit', () => {
      this.isAlive = false;
      this.finish({ lost: 'memory' });
    });
  }

  /** @throws when no process starts within 10 s */
  static async start<Request, Answer>(
    program: Program<Request, Answer>,
    deadlineMs: number,
  ): Promise<SandboxProcess<Request, Answer>> {
    const folders = program.folders.map((folder) => `--allow-fs-read=${join(folder, '*')}`);
    const child = fork(MAIN, [program.file, ...program.args], {
      // Nothing of the product's environment, which holds its secrets.
      env: { TZ: 'UTC' },
      execArgv: [...FLAGS, ...folders, ...program.flags],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return new SandboxProcess(child, deadlineMs, await ready<Answer>(child));
  }

  get alive(): boolean {
    return this.isAlive;
  }

  /** One call at a time. The process is killed when it does not answer within its deadline. */
  ask(requests: readonly Request[]): Promise<Outcome<Answer>> {
    return new Promise((resolve) => {
      this.answer = resolve;
      this.deadline.begin(this.deadlineMs, this.processorMs);
      this.child.send(requests as Request[], () => undefined);
    });
  }

  kill(): void {
    this.isAlive = false;
    this.child.kill('SIGKILL');
  }

  private finish(outcome: Outcome<Answer>): void {
    this.deadline.end();
    this.answer?.(outcome);
    this.answer = undefined;
  }
}

async function ready<Answer>(child: ChildProcess): Promise<Reply<Answer>> {
  const signal = AbortSignal.timeout(START_MS);
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('A worker of the sandbox ended while it started.');
  });
  try {
    const [first] = await Promise.race([once(child, 'message', { signal }), ended]);
    return first as Reply<Answer>;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}
