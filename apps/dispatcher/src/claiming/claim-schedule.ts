import type { Claim } from '@schoolbell/delivery';
import type { InFlight } from '../slots/in-flight.js';
import type { ExpectedWork } from './expected-work.js';
import { RestingWebhooks } from './resting-webhooks.js';

/** Slots come free one by one: how long they are gathered for one claim. Milliseconds. */
const GATHER_SLOTS_MS = 2;
/** How often a webhook without a free slot is checked for tests. Milliseconds. */
const LOOK_FOR_TESTS_MS = 100;

/**
 * Knows when a claim is worth making, and for which webhooks. Whoever learns about due deliveries, a rate limit or a
 * free slot reports it here, and the claimer is told.
 */
export class ClaimSchedule {
  private gathering: NodeJS.Timeout | undefined;
  private readonly full = new Set<string>();
  private lookingForTests: NodeJS.Timeout | undefined;
  private readonly resting = new RestingWebhooks((webhookId) => this.rested(webhookId));
  private readonly collecting = new RestingWebhooks((webhookId) => this.rested(webhookId));
  private onTime: () => void = () => undefined;
  private isStopped = false;

  constructor(
    inFlight: Pick<InFlight, 'whenFreed'>,
    private readonly work: ExpectedWork,
  ) {
    inFlight.whenFreed(() => this.slotFreed());
  }

  /** @param listener called each time a claim is worth making */
  whenTimeToClaim(listener: () => void): void {
    this.onTime = listener;
  }

  get stopped(): boolean {
    return this.isStopped;
  }

  /** Whether nothing of this webhook can be claimed for a while, such as by its rate. */
  isResting(webhookId: string): boolean {
    return this.resting.has(webhookId) || this.collecting.has(webhookId);
  }

  /** These webhooks have due deliveries. */
  claimFor(webhookIds: readonly string[]): void {
    if (this.isStopped) return;
    this.work.expect(webhookIds.filter((id) => !this.resting.has(id)));
    this.lookForTestsOf(
      webhookIds.filter((id) => this.resting.has(id) || !this.work.hasSlotFor(id)),
    );
    this.onTime();
  }

  /** Takes up what a claim left: the next one follows at once, without another announcement. */
  takeUp({ withMore, paced, collecting = [] }: Claim): void {
    this.work.expect(withMore.filter((id) => !this.resting.has(id)));
    this.keepTo(paced);
    // They are woken meanwhile: one more delivery may fill the batch.
    for (const { webhookId, againInMs } of collecting) this.collecting.rest(webhookId, againInMs);
  }

  /** The rate limits of these webhooks allow nothing but tests for this long. */
  keepTo(paced: Claim['paced']): void {
    if (this.isStopped) return;
    for (const { webhookId, againInMs } of paced) {
      this.resting.rest(webhookId, againInMs);
      this.work.expectTestsOnly(webhookId);
    }
  }

  /** Nothing of this webhook can be claimed: it is tried again after this time. */
  rest(webhookId: string, ms: number): void {
    this.resting.rest(webhookId, ms);
  }

  /** From now on nobody is told anything. */
  stop(): void {
    this.isStopped = true;
    clearTimeout(this.gathering);
    clearTimeout(this.lookingForTests);
    this.resting.stop();
    this.collecting.stop();
  }

  private slotFreed(): void {
    if (this.gathering || this.isStopped) return;
    this.gathering = setTimeout(() => {
      this.gathering = undefined;
      this.onTime();
    }, GATHER_SLOTS_MS);
  }

  private rested(webhookId: string): void {
    if (this.isStopped) return;
    this.work.expect([webhookId]);
    this.onTime();
  }

  private lookForTestsOf(webhookIds: readonly string[]): void {
    for (const id of webhookIds) this.full.add(id);
    if (this.full.size === 0 || this.lookingForTests) return;
    this.lookingForTests = setTimeout(() => {
      this.lookingForTests = undefined;
      this.work.expectTests(this.full);
      this.full.clear();
      this.onTime();
    }, LOOK_FOR_TESTS_MS);
  }
}
