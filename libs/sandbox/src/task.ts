import { MAX_WAIT_MS } from './limits.js';

/** One request that somebody waits for. It is answered once, and within 5 s. */
export class Task<Request, Answer> {
  /** It goes to a worker without others: it may be what stopped the one before. */
  alone = false;
  readonly answer: Promise<Answer>;
  private answerWith!: (answer: Answer) => void;
  private isSettled = false;
  private readonly timer: NodeJS.Timeout;

  /** @param unavailable what it is answered when no worker takes it in time */
  constructor(
    readonly key: string,
    readonly request: Request,
    private readonly unavailable: Answer,
  ) {
    this.answer = new Promise((resolve) => (this.answerWith = resolve));
    this.timer = setTimeout(() => this.giveUp(), MAX_WAIT_MS);
  }

  get settled(): boolean {
    return this.isSettled;
  }

  settle(answer: Answer): void {
    this.isSettled = true;
    clearTimeout(this.timer);
    this.answerWith(answer);
  }

  giveUp(): void {
    this.settle(this.unavailable);
  }
}
