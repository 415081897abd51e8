import { setTimeout as sleep } from 'node:timers/promises';

interface LatestOptions {
  /** How long an answer is good enough for whoever asks next. Milliseconds. */
  goodForMs: number;
  /** Nobody is kept waiting for longer. Milliseconds. */
  patienceMs: number;
  /** An answer that is older than this is none. Milliseconds. */
  forgetAfterMs: number;
  /** The pause after an answer is at least this many times as long as it took. */
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
    const { goodForMs, restPerWork } = this.options;
    const startedAt = this.now();
    try {
      this.answer = await this.ask();
      this.answeredAt = this.now();
    } catch {
      this.answer = undefined;
    }
    const tookMs = this.now() - startedAt;
    this.askAgainAt = this.now() + Math.max(goodForMs, tookMs * restPerWork);
    this.asking = undefined;
  }
}
