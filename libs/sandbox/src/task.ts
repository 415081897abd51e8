import { MAX_WAIT_MS } from './limits.js';

/** One request that somebody waits for. It is answered once, and within 5 s. */
export class Task<Request, Answer> {
  /** It goes to a worker without others: it may be what stopped the one before. */
  alone = false;
  readonly answer: Promise<Answer>;
  #settle!: (answer: Answer) => void;
  #settled = false;
  readonly #timer: NodeJS.Timeout;

  /** @param unavailable what it is answered when no worker takes it in time */
  constructor(
    readonly key: string,
    readonly request: Request,
    private readonly unavailable: Answer,
  ) {
    this.answer = new Promise((resolve) => (this.#settle = resolve));
    this.#timer = setTimeout(() => this.giveUp(), MAX_WAIT_MS);
  }

  get settled(): boolean {
    return this.#settled;
  }

  settle(answer: Answer): void {
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#settle(answer);
  }

  giveUp(): void {
    this.settle(this.unavailable);
  }
}
