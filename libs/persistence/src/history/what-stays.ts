/** A delivery `d` that outlives the retention: it waits, or it is a young dead letter. */
const DELIVERY_STAYS = `(d.status = 'waiting' OR d.dead_at > $1)`;

/** What stays of each table, as conditions on its row `r`. `$1` the time after which a dead letter is young */
export const STAYS = {
  deliveries: DELIVERY_STAYS.replaceAll('d.', 'r.'),
  events: `EXISTS (SELECT FROM deliveries d WHERE d.event_id = r.id AND ${DELIVERY_STAYS})`,
  attempts: `(
    EXISTS (SELECT FROM deliveries d WHERE d.id = r.delivery_id AND ${DELIVERY_STAYS})
    OR EXISTS (
      SELECT FROM batch_members m JOIN deliveries d ON d.id = m.delivery_id
      WHERE m.batch_id = r.delivery_id AND ${DELIVERY_STAYS}))`,
} as const;
