import { setTimeout as sleep } from 'node:timers/promises';
import { BATCH_CHARACTERS, MAX_BATCH } from './limits.js';
import type { Program } from './program.js';
import { SandboxProcess, type Outcome } from './sandbox-process.js';
import type { Task } from './task.js';
import { Turns } from './turns.js';

interface LaneOptions<Request, Answer> {
  program: Program<Request, Answer>;
  /** How long a request may keep a worker busy, in milliseconds of a processor. */
  deadlineMs: number;
  /** How long a worker without work lives on, in milliseconds. */
  idleMs: number;
  /** Requests of one key that may wait. */
  maxWaitingPerKey: number;
  /** How long the lane rests after an overrun, in milliseconds. */
  restMs: number;
  /** Whether a task that has its turn is to go elsewhere; it went when this is true. */
  redirect?(task: Task<Request, Answer>): boolean;
  /** Told when a request, alone, ran over its deadline or memory. */
  overran(key: string): void;
}

/** A queue, and the worker that answers what waits in it; the worker lives while there is work. */
export class Lane<Request, Answer> {
  private readonly turns: Turns<Task<Request, Answer>>;
  /** What was taken already and is to be answered before all that waits. */
  private returned: Task<Request, Answer>[] = [];
  private worker: SandboxProcess<Request, Answer> | undefined;
  private working = false;
  private closed = false;
  private idle: NodeJS.Timeout | undefined;

  constructor(private readonly options: LaneOptions<Request, Answer>) {
    this.turns = new Turns(options.maxWaitingPerKey);
  }

  add(task: Task<Request, Answer>): void {
    if (this.closed || !this.turns.add(task.key, task)) return task.giveUp();
    if (this.working) return;
    this.working = true;
    clearTimeout(this.idle);
    // What else is asked for in this turn of the event loop goes along in the same message.
    setImmediate(() => void this.work());
  }

  /** Whoever still waits is answered `unavailable`. */
  close(): void {
    this.closed = true;
    clearTimeout(this.idle);
    this.worker?.kill();
    for (let task = this.take(); task; task = this.take()) task.giveUp();
  }

  private async work(): Promise<void> {
    for (let batch = this.nextBatch(); batch.length > 0; batch = this.nextBatch()) {
      const outcome = await this.ask(batch.map((task) => task.request));
      if (this.closed) for (const task of batch) task.giveUp();
      else if (outcome) await this.settle(batch, outcome);
      else await this.waitForProcesses(batch);
    }
    this.working = false;
    if (!this.closed) this.idle = setTimeout(() => this.worker?.kill(), this.options.idleMs);
  }

  private nextBatch(): Task<Request, Answer>[] {
    const batch: Task<Request, Answer>[] = [];
    let characters = 0;
    while (batch.length < MAX_BATCH && characters < BATCH_CHARACTERS) {
      const task = this.take();
      if (!task) break;
      if (task.settled || this.options.redirect?.(task)) continue;
      if (task.alone && batch.length > 0) {
        this.returned.unshift(task);
        break;
      }
      batch.push(task);
      if (task.alone) break;
      characters += this.options.program.sizeOf(task.request);
    }
    return batch;
  }

  private take(): Task<Request, Answer> | undefined {
    return this.returned.shift() ?? this.turns.take();
  }

  /** `undefined` when there is no worker to ask. */
  private async ask(requests: readonly Request[]): Promise<Outcome<Answer> | undefined> {
    const { program, deadlineMs } = this.options;
    try {
      if (!this.worker?.alive) this.worker = await SandboxProcess.start(program, deadlineMs);
    } catch {
      return undefined;
    }
    if (this.closed) this.worker.kill();
    return this.worker.ask(requests);
  }

  private async settle(
    batch: readonly Task<Request, Answer>[],
    outcome: Outcome<Answer>,
  ): Promise<void> {
    if ('answers' in outcome) {
      outcome.answers.forEach(({ answer, ms }, index) => {
        const task = batch[index]!;
        this.turns.charge(task.key, ms);
        task.settle(answer);
      });
      // Not before all that waits: one of these may be as dear as the one before it.
      const rest = batch.slice(outcome.answers.length).toReversed();
      for (const task of rest) this.turns.putBack(task.key, task);
      return;
    }
    const [first] = batch;
    if (first?.alone) {
      first.settle(this.options.program.lost[outcome.lost]);
      this.options.overran(first.key);
      await sleep(this.options.restMs, undefined, { ref: false });
    } else this.repeatAlone(batch);
  }

  /** Which request overran is not known, and a busy machine may be to blame: each is given a second try. */
  private repeatAlone(batch: readonly Task<Request, Answer>[]): void {
    for (const task of batch) task.alone = true;
    this.returned.unshift(...batch);
  }

  private async waitForProcesses(batch: readonly Task<Request, Answer>[]): Promise<void> {
    this.returned.unshift(...batch);
    await sleep(1_000, undefined, { ref: false });
  }
}
