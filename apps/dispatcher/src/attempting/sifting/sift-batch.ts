import type {
  BatchMember,
  ClaimedDelivery,
  DeliveryStore,
  DiscardReason,
} from '@schoolbell/delivery';

type Reason = DiscardReason | undefined;

/**
 * Removes from a batch what its webhook turns away, before the first attempt. The rest is stored before anything is
 * sent, so that every attempt has the same members.
 *
 * @param turnsAway why the webhook turns a delivery away; asked for each member alone
 * @returns the batch with what is left; the same object if nothing was removed; undefined if everything was
 */
export async function siftBatch(
  claimed: ClaimedDelivery,
  members: NonNullable<ClaimedDelivery['members']>,
  turnsAway: (delivery: ClaimedDelivery) => Reason | Promise<Reason>,
  store: Pick<DeliveryStore, 'discard'>,
): Promise<ClaimedDelivery | undefined> {
  const { members: _, ...alone } = claimed;
  const answers = members.map(({ deliveryId, event }) =>
    turnsAway({ ...alone, id: deliveryId, event }),
  );
  const reasons = await Promise.all(answers);
  if (reasons.every((reason) => reason === undefined)) return claimed;
  const away = Map.groupBy(members.keys(), (index) => reasons[index]);
  const of = (reason: Reason): BatchMember[] => (away.get(reason) ?? []).map((at) => members[at]!);
  await store.discard(
    [...away.keys()].flatMap((reason) => {
      const [first, ...others] = of(reason);
      return reason && first
        ? [{ claimed: { ...claimed, members: [first, ...others] }, reason }]
        : [];
    }),
  );
  const [first, ...others] = of(undefined);
  return first && { ...claimed, event: first.event, members: [first, ...others] };
}
