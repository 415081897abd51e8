import type { WakeListener } from '@schoolbell/delivery';

/** While events come in by the hundred, a webhook that collects them is looked at this often. Milliseconds. */
const GATHER_MS = 25;
/** Some 100 bytes each. Above this many, it is asked for anew. */
const MOST_KNOWN = 100_000;

/** Tells which webhooks send batches. */
interface BatchModes {
  /** Of these webhooks, those that send batches. */
  sendingBatches(webhookIds: readonly string[]): Promise<string[]>;
}

/**
 * Takes each wake to the pipeline of single deliveries, where tests and retries by hand go, and those of webhooks
 * that send batches to the pipeline of batches too. A webhook is asked for once, so that wakes cost the others
 * nothing; one that begins to send batches later is made known by the sweep, which finds what it collects.
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

  /** These are found to collect deliveries, or to have a batch that is due. */
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
      // Then the next wake asks again, and until then there is the sweep.
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
