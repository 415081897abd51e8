import { LOWEST_UUID } from '../../database/id-range.js';
import { PROMOTE_FORGOTTEN, type OrderedSession, type PromotedRow } from '../../steps/promote.js';
import type { ServiceEpoch } from '../service-epoch.js';
import {
  DISCARD_ORPHANS,
  DUE_TESTS,
  DUE_WEBHOOKS,
  WEBHOOKS_PER_SWEEP,
  type DueTestsRow,
  type DueWebhookRow,
} from './due-webhooks.js';
import type { LowWaterMarks } from './low-water-marks.js';

/** A sweep looks at no more ordered sessions than this, which takes some 20 ms; the next one goes on from there. */
const SESSIONS_PER_SWEEP = 5_000;

type FoundWebhook = DueWebhookRow & DueTestsRow;

/** Finds what no wake announced, some at a time: each call goes on where the one before it stopped. */
export class DeliverySweep {
  private sweptTo = LOWEST_UUID;
  private promotedTo: OrderedSession = [LOWEST_UUID, ''];

  constructor(
    private readonly epoch: ServiceEpoch,
    private readonly marks: LowWaterMarks,
  ) {}

  /** @returns the ids of about `limit` webhooks with something due, some of them twice */
  async next(limit: number): Promise<string[]> {
    await this.promoteForgotten();
    const tests = await this.epoch.run<DueTestsRow>({
      name: 'due_tests',
      text: DUE_TESTS,
      values: [limit],
    });
    const found = [...tests, ...(await this.dueWebhooks(limit))];
    await this.discardOrphans(found);
    return found.filter(({ deleted }) => !deleted).map((row) => row.webhook_id);
  }

  private async dueWebhooks(limit: number): Promise<FoundWebhook[]> {
    const rows = await this.epoch.run<DueWebhookRow>({
      name: 'due_webhooks',
      text: DUE_WEBHOOKS,
      values: [this.sweptTo, limit, WEBHOOKS_PER_SWEEP],
    });
    const found = rows.filter(isFound);
    const ids = found.map((row) => row.webhook_id);
    const reached = found.length < limit ? rows[0]!.looked_to : highest(ids);
    this.sweptTo = reached ?? LOWEST_UUID;
    for (const { webhook_id: id, due_at: dueAt } of found) {
      if (dueAt !== null) this.marks.lower(id, dueAt);
    }
    return found;
  }

  private async discardOrphans(found: readonly DueTestsRow[]): Promise<void> {
    const deleted = new Set(found.filter((row) => row.deleted).map((row) => row.webhook_id));
    if (deleted.size === 0) return;
    const values = [[...deleted]];
    await this.epoch.run({ name: 'discard_orphans', text: DISCARD_ORPHANS, values });
  }

  private async promoteForgotten(): Promise<void> {
    const [row] = await this.epoch.run<PromotedRow>({
      name: 'promote_forgotten',
      text: PROMOTE_FORGOTTEN,
      values: [...this.promotedTo, SESSIONS_PER_SWEEP],
    });
    this.promotedTo = [row?.webhook_id ?? LOWEST_UUID, row?.ordering_key ?? ''];
  }
}

function isFound(row: DueWebhookRow): row is FoundWebhook {
  return row.webhook_id !== null;
}

function highest(ids: readonly string[]): string {
  return ids.reduce((one, other) => (other > one ? other : one));
}
