/**
 * Webhooks that have nothing to claim at the moment, for example because of their rate limit, each until the moment
 * from which they do.
 */
export class RestingWebhooks {
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(private readonly onRested: (webhookId: string) => void) {}

  has(webhookId: string): boolean {
    return this.timers.has(webhookId);
  }

  rest(webhookId: string, ms: number): void {
    clearTimeout(this.timers.get(webhookId));
    const timer = setTimeout(() => {
      this.timers.delete(webhookId);
      this.onRested(webhookId);
    }, ms);
    this.timers.set(webhookId, timer);
  }

  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }
}
