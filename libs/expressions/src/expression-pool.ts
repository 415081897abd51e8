import { failed, type Evaluation, type Purpose } from './evaluation.js';
import { Lane } from './lane.js';
import {
  IDLE_MS,
  MAX_EXPRESSION_CHARACTERS,
  MAX_INPUT_CHARACTERS,
  MAX_WAITING_PER_KEY,
  SUSPECTS_REST_MS,
} from './limits.js';
import { Suspects } from './suspects.js';
import { Task, type AnyEvaluation } from './task.js';

/** An expression, and the event to evaluate it on. */
export interface ExpressionOnEvent {
  /** Whose it is: keys take turns, and one that runs over its deadline slows down only itself. A tenant's id. */
  key: string;
  /** JSONata, at most 16,384 characters. */
  expression: string;
  /** The document that it sees, as JSON text: `filterDocument()` or `templateDocument()`. */
  input: string;
  /** What `$now()` gives, so that an expression gives the same every time: when the event was accepted. */
  at: Date;
}

/**
 * Evaluates customers' JSONata expressions in processes apart: 50 ms each, in bounded memory, with no way to
 * files, network or secrets. Nothing that an expression does can hold up or end this process.
 *
 * It starts no process before the first evaluation, one then, a second while somebody's expressions run
 * over their deadline, and ends them when they have had no work for 30 s.
 */
export class ExpressionPool {
  readonly #suspects: Suspects;
  readonly #common: Lane;
  readonly #apart: Lane;
  #closed = false;

  /**
   * @param options `maxWaitingPerKey`: as many as one key ever asks for at once, or some are `unavailable`; `now`:
   *   milliseconds of a clock that never goes back
   */
  constructor({
    idleMs = IDLE_MS,
    maxWaitingPerKey = MAX_WAITING_PER_KEY,
    now = () => performance.now(),
  } = {}) {
    this.#suspects = new Suspects(now);
    const overran = (key: string): void => this.#suspects.add(key);
    this.#apart = new Lane({ idleMs, maxWaitingPerKey, restMs: SUSPECTS_REST_MS, overran });
    this.#common = new Lane({
      idleMs,
      maxWaitingPerKey,
      restMs: 0,
      overran,
      redirect: this.#sendApart,
    });
  }

  /** Whether the expression can be parsed; it is not run. */
  check(key: string, expression: string): Promise<Evaluation<boolean>> {
    const request = { key, expression, input: 'null', at: new Date(0) };
    return this.#evaluate('check', request) as Promise<Evaluation<boolean>>;
  }

  /** Whether the filter wants the event, by the rules of JSONata's `$boolean`; nothing is false. */
  filter(on: ExpressionOnEvent): Promise<Evaluation<boolean>> {
    return this.#evaluate('filter', on) as Promise<Evaluation<boolean>>;
  }

  /** The body that the template gives: a string as it is, anything else as compact JSON; at most 1 MiB. */
  render(on: ExpressionOnEvent): Promise<Evaluation<string>> {
    return this.#evaluate('template', on) as Promise<Evaluation<string>>;
  }

  /** Whoever still waits is answered `unavailable`; what is asked for later is rejected. */
  close(): void {
    this.#closed = true;
    this.#common.close();
    this.#apart.close();
  }

  async #evaluate(
    purpose: Purpose,
    { key, expression, input, at }: ExpressionOnEvent,
  ): Promise<AnyEvaluation> {
    if (this.#closed) throw new Error('The pool of expressions is closed.');
    if (expression.length > MAX_EXPRESSION_CHARACTERS) return EXPRESSION_TOO_LARGE;
    if (input.length > MAX_INPUT_CHARACTERS) return INPUT_TOO_LARGE;
    const task = new Task(key, { purpose, expression, input, at: at.getTime() });
    if (!this.#sendApart(task)) this.#common.add(task);
    return task.answer;
  }

  readonly #sendApart = (task: Task): boolean => {
    if (!this.#suspects.has(task.key)) return false;
    task.alone = true;
    this.#apart.add(task);
    return true;
  };
}

const EXPRESSION_TOO_LARGE = failed(
  'too_large',
  `The expression is longer than ${MAX_EXPRESSION_CHARACTERS} characters. Shorten it.`,
);
const INPUT_TOO_LARGE = failed(
  'too_large',
  `The event is larger than ${MAX_INPUT_CHARACTERS} characters of JSON: no expression is run on it.`,
);
