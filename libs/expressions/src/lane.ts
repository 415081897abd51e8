import { setTimeout as sleep } from 'node:timers/promises';
import { failed, type EvaluationRequest } from './evaluation.js';
import { EvaluatorProcess, type Outcome } from './evaluator-process.js';
import { BATCH_CHARACTERS, DEADLINE_MS, MAX_BATCH } from './limits.js';
import type { Task } from './task.js';
import { Turns } from './turns.js';

export interface LaneOptions {
  /** How long an evaluator without work lives on, in milliseconds. */
  idleMs: number;
  /** Evaluations of one key that may wait. */
  maxWaitingPerKey: number;
  /** How long the lane rests after an overrun, in milliseconds. */
  restMs: number;
  /** Whether a task that has its turn is to go elsewhere; it went when this is true. */
  redirect?(task: Task): boolean;
  /** Told when an expression, alone, ran over its deadline or memory. */
  overran(key: string): void;
}

const LOST = {
  deadline: failed(
    'deadline',
    `The expression ran for longer than ${DEADLINE_MS} ms. Make it do less, or match less with its patterns.`,
  ),
  memory: failed('memory', 'The expression needs too much memory. Make it build less.'),
};

/** A queue, and the process that evaluates what waits in it; the process lives while there is work. */
export class Lane {
  readonly #turns: Turns<Task>;
  /** What was taken already and is to be evaluated before all that waits. */
  #returned: Task[] = [];
  #evaluator: EvaluatorProcess | undefined;
  #working = false;
  #closed = false;
  #idle: NodeJS.Timeout | undefined;

  constructor(private readonly options: LaneOptions) {
    this.#turns = new Turns(options.maxWaitingPerKey);
  }

  add(task: Task): void {
    if (this.#closed || !this.#turns.add(task.key, task)) return task.giveUp();
    if (this.#working) return;
    this.#working = true;
    clearTimeout(this.#idle);
    // What else is asked for in this turn of the event loop goes along in the same message.
    setImmediate(() => void this.#work());
  }

  /** Whoever still waits is answered `unavailable`. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#idle);
    this.#evaluator?.kill();
    for (let task = this.#take(); task; task = this.#take()) task.giveUp();
  }

  async #work(): Promise<void> {
    for (let batch = this.#nextBatch(); batch.length > 0; batch = this.#nextBatch()) {
      const outcome = await this.#evaluate(batch.map((task) => task.request));
      if (this.#closed) for (const task of batch) task.giveUp();
      else if (outcome) await this.#settle(batch, outcome);
      else await this.#waitForProcesses(batch);
    }
    this.#working = false;
    if (!this.#closed) this.#idle = setTimeout(() => this.#evaluator?.kill(), this.options.idleMs);
  }

  #nextBatch(): Task[] {
    const batch: Task[] = [];
    let characters = 0;
    while (batch.length < MAX_BATCH && characters < BATCH_CHARACTERS) {
      const task = this.#take();
      if (!task) break;
      if (task.settled || this.options.redirect?.(task)) continue;
      if (task.alone && batch.length > 0) {
        this.#returned.unshift(task);
        break;
      }
      batch.push(task);
      if (task.alone) break;
      characters += task.request.input.length;
    }
    return batch;
  }

  #take(): Task | undefined {
    return this.#returned.shift() ?? this.#turns.take();
  }

  /** `undefined` when there is no process to evaluate it. */
  async #evaluate(requests: readonly EvaluationRequest[]): Promise<Outcome | undefined> {
    try {
      if (!this.#evaluator?.alive) this.#evaluator = await EvaluatorProcess.start();
    } catch {
      return undefined;
    }
    if (this.#closed) this.#evaluator.kill();
    return this.#evaluator.evaluate(requests);
  }

  async #settle(batch: readonly Task[], outcome: Outcome): Promise<void> {
    if ('answers' in outcome) {
      outcome.answers.forEach((answer, index) => batch[index]?.settle(answer));
      this.#returned.unshift(...batch.slice(outcome.answers.length));
      return;
    }
    const [first] = batch;
    if (first?.alone) {
      first.settle(LOST[outcome.lost]);
      this.options.overran(first.key);
      await sleep(this.options.restMs, undefined, { ref: false });
    } else this.#repeatAlone(batch);
  }

  /** Which expression overran is not known, and a busy machine may be to blame: each is given a second try. */
  #repeatAlone(batch: readonly Task[]): void {
    for (const task of batch) task.alone = true;
    this.#returned.unshift(...batch);
  }

  async #waitForProcesses(batch: readonly Task[]): Promise<void> {
    this.#returned.unshift(...batch);
    await sleep(1_000, undefined, { ref: false });
  }
}
