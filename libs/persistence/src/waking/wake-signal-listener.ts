import type { WakeListener } from '@schoolbell/delivery';
import type { Database } from '../database/database.js';
import { ChannelListener } from '../database/channel-listener.js';
import { fullId, wordsOf } from '../database/short-ids.js';
import { CHANNEL, LISTENS } from './wake-channel.js';

/** Hears which webhooks have work, for as long as this process wants to be told. */
export class WakeSignalListener extends ChannelListener {
  constructor(db: Pick<Database, 'directUrl' | 'wakePool'>, listener: WakeListener) {
    super({
      url: db.directUrl,
      pool: db.wakePool,
      channel: CHANNEL,
      asHearer: `SELECT pg_advisory_lock_shared(${LISTENS})`,
      onPayload: (payload) => {
        void listener.onWake(wordsOf(payload).flatMap((word) => fullId(word) ?? []));
      },
    });
  }
}
