import type { Claim, ClaimRequest } from '@schoolbell/delivery';

/**
 * Webhooks with deliveries that may have to be taken over, since a lease has ended: only claims for these look for such
 * deliveries. One whose lease has run out is expected by the sweep, and by the first claim of its webhook.
 */
export class Takeovers {
  /** How many were expected before, and with it, by webhook. */
  private readonly expected = new Map<string, number>();
  private count = 0;

  expectIn(webhookId: string): void {
    this.expected.set(webhookId, ++this.count);
  }

  mayBeIn(webhookIds: readonly string[]): boolean {
    return webhookIds.some((id) => this.expected.has(id));
  }

  /** How many were expected so far: whoever begins a claim says it again in {@link tookOver}. */
  get expectedSoFar(): number {
    return this.count;
  }

  /** Of webhooks that got less than they have slots for, nothing is left that was expected before the claim. */
  tookOver({ slots }: ClaimRequest, { withMore, paced }: Claim, expectedBefore: number): void {
    const later = new Set([...withMore, ...paced.map(({ webhookId }) => webhookId)]);
    for (const { webhookId, free } of slots) {
      const expected = this.expected.get(webhookId) ?? Infinity;
      if (free > 0 && !later.has(webhookId) && expected <= expectedBefore) {
        this.expected.delete(webhookId);
      }
    }
  }
}
