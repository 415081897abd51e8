import type { WakeListener } from '@schoolbell/delivery';

/** While hundreds of events come in, a webhook that collects them is claimed this often. Milliseconds. */
const GATHER_MS = 25;
/** Some 100 bytes each. Above this number, the store is asked again. */
const MOST_KNOWN = 100_000;

/** Knows which webhooks send batches. */
interface BatchModes {
  /** The webhooks among these that send batches. */
  sendingBatches(webhookIds: readonly string[]): Promise<string[]>;
}

/**
 * Passes each wake to the pipeline of single deliveries, which has tests and retries by hand, and wakes of webhooks
 * that send batches to the pipeline of batches too. Each webhook is looked up once, so that wakes cost the others
 * nothing. The sweep finds the deliveries of a webhook that begins to send batches later, and so makes it known.
 */
export class BatchWakes implements WakeListener {
  private readonly known = new Map<string, boolean>();
  private readonly asked = new Set<string>();
  private readonly gathered = new Set<string>();
  private gathering: NodeJS.Timeout | undefined;

  constructor(
    private readonly singles: WakeListener,
    private readonly batches: WakeListener,
    private readonly modes: BatchModes,
  ) {}

  onWake(webhookIds: readonly string[]): Promise<void> {
    this.wakeBatches(webhookIds);
    return this.singles.onWake(webhookIds);
  }

  /** The sweep found that these webhooks collect deliveries, or have a batch that is due. */
  async onFound(webhookIds: readonly string[]): Promise<void> {
    for (const id of webhookIds) this.known.set(id, true);
    return this.batches.onWake(webhookIds);
  }

  private wakeBatches(webhookIds: readonly string[]): void {
    const unknown: string[] = [];
    for (const id of webhookIds) {
      const sendsBatches = this.known.get(id);
      if (sendsBatches) this.gather(id);
      else if (sendsBatches === undefined && !this.asked.has(id)) unknown.push(id);
    }
    if (unknown.length > 0) void this.ask(unknown);
  }

  private async ask(webhookIds: readonly string[]): Promise<void> {
    for (const id of webhookIds) this.asked.add(id);
    try {
      const batching = new Set(await this.modes.sendingBatches(webhookIds));
      if (this.known.size + webhookIds.length > MOST_KNOWN) this.known.clear();
      for (const id of webhookIds) this.known.set(id, batching.has(id));
      for (const id of batching) this.gather(id);
    } catch {
      // The next wake asks again; until then there is the sweep.
    } finally {
      for (const id of webhookIds) this.asked.delete(id);
    }
  }

  private gather(webhookId: string): void {
    this.gathered.add(webhookId);
    this.gathering ??= setTimeout(() => {
      const webhookIds = [...this.gathered];
      this.gathered.clear();
      this.gathering = undefined;
      void this.batches.onWake(webhookIds);
    }, GATHER_MS);
  }
}
