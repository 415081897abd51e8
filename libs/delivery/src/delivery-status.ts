/**
 * The states of a delivery as everybody sees them.
 *
 * `held` is not stored: a waiting delivery is `held` while its webhook is paused and `pending` while it is
 * active. So a pause or a resume changes one row, however many deliveries wait, and no delivery can be
 * caught between the two.
 */
export const DELIVERY_STATUSES = ['pending', 'held', 'delivered', 'dead', 'discarded'] as const;

export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** What moves a delivery from one state to the next, in the words of `docs/lifecycle/README.md`. */
export type DeliveryTransition = {
  from: DeliveryStatus | 'accepted';
  to: DeliveryStatus;
  on: string;
};

/** Every change of state that exists. A test holds the diagram in the docs against this table. */
export const DELIVERY_TRANSITIONS: readonly DeliveryTransition[] = [
  { from: 'accepted', to: 'pending', on: 'fanned out' },
  { from: 'accepted', to: 'held', on: 'fanned out while the webhook is paused' },
  { from: 'pending', to: 'delivered', on: '2xx' },
  { from: 'pending', to: 'pending', on: 'failed, next attempt scheduled' },
  { from: 'pending', to: 'dead', on: 'schedule exhausted, or 410' },
  { from: 'pending', to: 'held', on: 'webhook paused' },
  { from: 'held', to: 'pending', on: 'webhook resumed' },
  { from: 'held', to: 'discarded', on: 'discarded on resume, webhook deleted, or event erased' },
  { from: 'dead', to: 'pending', on: 'retried by hand' },
  { from: 'dead', to: 'discarded', on: 'discarded by hand' },
  { from: 'delivered', to: 'pending', on: 'sent again by hand' },
  { from: 'pending', to: 'discarded', on: 'webhook deleted, filtered, or event erased' },
];
