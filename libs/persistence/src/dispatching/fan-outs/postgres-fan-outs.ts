import type { FanOutStep } from '@schoolbell/delivery';
import type { Database } from '../../database/database.js';
import { runPrepared } from '../../database/run-prepared.js';
import { FAN_OUT, type FanOutRow } from './fan-out.js';
import { LOWEST_UUID } from '../../database/id-range.js';

/** Some 50 ms of Postgres. */
const DELIVERIES_AT_ONCE = 1_000;

/** Makes the deliveries of operational events, a limited number in each statement. */
export class PostgresFanOuts {
  /** The next statement begins with the tenant after this one. */
  private lastTurn = LOWEST_UUID;
  private atOnce: number;

  /** @param mostAtOnce deliveries that one statement makes. Default 1,000 */
  constructor(
    private readonly db: Pick<Database, 'intakePool'>,
    private readonly mostAtOnce = DELIVERIES_AT_ONCE,
  ) {
    this.atOnce = mostAtOnce;
  }

  /**
   * Makes the next deliveries, in one statement. A statement that fails, for example for lack of time, halves the
   * next one.
   *
   * @returns `undefined` when nothing is left to do, or others are doing it
   */
  async next(): Promise<FanOutStep | undefined> {
    const beganInTheMiddle = this.lastTurn !== LOWEST_UUID;
    let row = await this.step();
    if (!row.found_work && beganInTheMiddle) row = await this.step();
    return row.found_work ? { webhookIds: row.webhooks_to_wake?.split(',') ?? [] } : undefined;
  }

  private async step(): Promise<FanOutRow> {
    try {
      const [row] = await runPrepared<FanOutRow>(this.db.intakePool, {
        name: 'fan_out',
        text: FAN_OUT,
        values: [this.lastTurn, this.atOnce],
      });
      this.lastTurn = row!.last_turn ?? LOWEST_UUID;
      this.atOnce = Math.min(this.atOnce * 2, this.mostAtOnce);
      return row!;
    } catch (error) {
      this.atOnce = Math.max(this.atOnce >> 1, 1);
      throw error;
    }
  }
}
