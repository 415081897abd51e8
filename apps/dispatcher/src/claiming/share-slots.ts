export interface FreeSlots {
  webhookId: string;
  free: number;
}

/** A tenant with something to send. */
export interface Contender {
  /** How many more of its deliveries may be in flight. */
  room: number;
  /** What its webhooks could take. */
  slots: FreeSlots[];
}

/** What one claim asks for. */
export interface Claimable {
  slots: FreeSlots[];
  limit: number;
}

/**
 * Shares the free slots of a dispatcher: one by one among the tenants in turn, and one by one among the webhooks of a
 * tenant. No slot is offered twice: the claim would give it to whichever webhook it reaches first, time and again.
 */
export function shareSlots(contenders: readonly Contender[], free: number): Claimable {
  const limit = contenders.length === 1 ? contenders[0]!.room : free;
  const shares = new Map<string, number>();
  let turns = contenders.map(turnsOf);
  let left = limit;
  while (left > 0 && turns.length > 0) {
    turns = turns.filter((turn) => {
      if (left === 0) return true;
      const { value: webhookId, done } = turn.next();
      if (done) return false;
      shares.set(webhookId, (shares.get(webhookId) ?? 0) + 1);
      left--;
      return true;
    });
  }
  const slots = Array.from(shares, ([webhookId, share]) => ({ webhookId, free: share }));
  return { slots, limit };
}

/** Yields a webhook for each slot that goes to this tenant. */
function* turnsOf({ room, slots }: Contender): Generator<string, undefined> {
  let given = 0;
  for (let round = 1; ; round++) {
    const taking = slots.filter(({ free }) => free >= round);
    if (taking.length === 0) return;
    for (const { webhookId } of taking) {
      if (given++ === room) return;
      yield webhookId;
    }
  }
}
