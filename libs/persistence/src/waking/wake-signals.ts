import type { WakeSignals } from '@schoolbell/delivery';
import type { Database } from '../database/database.js';
import { shortId, toPayloads } from '../database/short-ids.js';
import { CHANNEL, LISTENS } from './wake-channel.js';

/**
 * {@link WakeSignals} by `NOTIFY`. Dispatchers that listen share a lock; whoever could have it alone knows that none
 * does. Two processes that ask at the same moment while none listens may each take the other for a listener: the sweep
 * finds what they signalled.
 */
export class PostgresWakeSignals implements WakeSignals {
  constructor(private readonly db: Pick<Database, 'wakePool'>) {}

  async signal(webhookIds: readonly string[]): Promise<boolean> {
    const { rows } = await this.db.wakePool.query<{ told: number }>({
      name: 'signal_wakes',
      text: `
        SELECT count(pg_notify($1, payload))::integer AS told
        FROM (SELECT pg_try_advisory_xact_lock($2) AS nobody OFFSET 0) l, unnest($3::text[]) AS p (payload)
        WHERE NOT l.nobody`,
      values: [CHANNEL, LISTENS, toPayloads(webhookIds.map(shortId))],
    });
    return rows[0]!.told > 0;
  }
}
