/** More webhooks in one statement cost more than they save. */
export const MOST_PER_CLAIM = 500;

/**
 * How many webhooks a claim asks for. A claim that fails because of some of them halves the number, down to one; each
 * that succeeds doubles it again.
 */
export class ClaimSize {
  private most = MOST_PER_CLAIM;

  get mostWebhooks(): number {
    return this.most;
  }

  /** A claim for this many webhooks failed. */
  shrinkBelow(webhooks: number): void {
    this.most = Math.max(1, Math.min(this.most, webhooks) >> 1);
  }

  grow(): void {
    this.most = Math.min(this.most * 2, MOST_PER_CLAIM);
  }
}
