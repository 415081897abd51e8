import type { QueryClient } from '@tanstack/react-query';
import type { DeliveryHistoryDocument } from '@schoolbell/api-client';
import { getDeliveryOptions } from '@schoolbell/api-client/queries';
import { patchLists } from './patch-lists.ts';

const FIRST_ASK_MS = 300;
const ASK_EVERY_MS = 1_000;
/** The longest timeout of a webhook, and some time for a dispatcher to claim the delivery. */
const MOST_MS = 75_000;

const asleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The query that the panel uses too. */
export const deliveryQuery = (id: string) =>
  getDeliveryOptions({ path: { id }, query: { expand: 'event' } });

/**
 * Asks for a delivery until one more attempt has ended, so that its outcome appears wherever the delivery is shown.
 *
 * @param attempts how many there were before
 * @returns the delivery with its outcome; undefined when there was none in time
 */
export async function followDelivery(
  client: QueryClient,
  id: string,
  attempts: number,
): Promise<DeliveryHistoryDocument | undefined> {
  const end = Date.now() + MOST_MS;
  for (let waitMs = FIRST_ASK_MS; Date.now() < end; waitMs = ASK_EVERY_MS) {
    await asleep(waitMs);
    const delivery = await client
      .fetchQuery({ ...deliveryQuery(id), staleTime: 0 })
      .catch(() => undefined);
    if (!delivery) continue;
    patchLists(client, [delivery]);
    if (delivery.attemptCount > attempts || delivery.status !== 'pending') return delivery;
  }
  return undefined;
}
