import { setTimeout as sleep } from 'node:timers/promises';

interface LatestOptions {
  /** How long an answer is good enough for whoever asks next. Milliseconds. */
  goodForMs: number;
  /** Nobody is kept waiting for longer. Milliseconds. */
  patienceMs: number;
  /** An answer that is older than this is none. Milliseconds. */
  forgetAfterMs: number;
  /** The pause after an answer is this many times as long as it took, up to half of `forgetAfterMs`. */
  restPerWork: number;
  /** A clock that nobody sets, in milliseconds. */
  now?: () => number;
}

/**
 * The latest answer to a question that costs somebody something. However many ask, it is put once at a time and no more
 * often than is good for whoever answers it.
 */
export class Latest<Answer> {
  private answer: Answer | undefined;
  private answeredAt = -Infinity;
  private askAgainAt = -Infinity;
  private asking: Promise<void> | undefined;
  private readonly now: () => number;

  constructor(
    private readonly ask: () => Promise<Answer>,
    private readonly options: LatestOptions,
  ) {
    this.now = options.now ?? (() => performance.now());
  }

  /** @returns undefined when there is none, or the last time that it was asked nobody could tell; never rejects */
  async get(): Promise<Answer | undefined> {
    const { patienceMs, forgetAfterMs } = this.options;
    if (this.now() >= this.askAgainAt) this.asking ??= this.putQuestion();
    if (this.asking)
      await Promise.race([this.asking, sleep(patienceMs, undefined, { ref: false })]);
    return this.now() - this.answeredAt <= forgetAfterMs ? this.answer : undefined;
  }

  private async putQuestion(): Promise<void> {
    const startedAt = this.now();
    try {
      this.answer = await this.ask();
      this.answeredAt = this.now();
      this.askAgainAt = this.answeredAt + this.restMs(this.answeredAt - startedAt);
    } catch {
      this.answer = undefined;
      // Waiting for somebody who is away costs them nothing: their return is not to be missed for minutes.
      this.askAgainAt = this.now() + this.options.goodForMs;
    }
    this.asking = undefined;
  }

  /** Short enough for the next answer to be there before this one is forgotten. */
  private restMs(tookMs: number): number {
    const { goodForMs, restPerWork, forgetAfterMs } = this.options;
    return Math.max(goodForMs, Math.min(tookMs * restPerWork, forgetAfterMs / 2));
  }
}
