import { failed, type Evaluation, type EvaluationRequest } from './evaluation.js';
import { MAX_WAIT_MS } from './limits.js';

export type AnyEvaluation = Evaluation<boolean | string>;

const UNAVAILABLE = failed(
  'unavailable',
  `The expression was not evaluated within ${MAX_WAIT_MS / 1000} s, because too many evaluations waited. Try again.`,
);

/** One evaluation that somebody waits for. It is answered once, and within 5 s. */
export class Task {
  /** It goes to an evaluator without others: it may be what stopped the one before. */
  alone = false;
  readonly answer: Promise<AnyEvaluation>;
  #settle!: (evaluation: AnyEvaluation) => void;
  #settled = false;
  readonly #timer: NodeJS.Timeout;

  constructor(
    readonly key: string,
    readonly request: EvaluationRequest,
  ) {
    this.answer = new Promise((resolve) => (this.#settle = resolve));
    this.#timer = setTimeout(() => this.giveUp(), MAX_WAIT_MS);
  }

  get settled(): boolean {
    return this.#settled;
  }

  settle(evaluation: AnyEvaluation): void {
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#settle(evaluation);
  }

  giveUp(): void {
    this.settle(UNAVAILABLE);
  }
}
