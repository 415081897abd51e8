export type Behaviour =
  { kind: 'ok' } | { kind: 'fail'; status: number; says?: string } | { kind: 'slow'; ms: number };

/**
 * How the demo's receiver misbehaves: for a stretch of the story it answers 500, then it recovers; later it takes long
 * over one request.
 */
export class FaultPlan {
  private slowDone = false;

  /** @param storyMs how long the story is */
  constructor(private readonly storyMs: number) {}

  get outageStartMs(): number {
    return this.storyMs * 0.35;
  }

  get outageEndMs(): number {
    return this.storyMs * 0.55;
  }

  /** @param atMs milliseconds after the story began */
  next(atMs: number): Behaviour {
    if (atMs >= this.outageStartMs && atMs < this.outageEndMs) return { kind: 'fail', status: 500 };
    if (!this.slowDone && atMs > this.storyMs * 0.65) {
      this.slowDone = true;
      return { kind: 'slow', ms: Math.min(2500, this.storyMs * 0.1) };
    }
    return { kind: 'ok' };
  }
}
