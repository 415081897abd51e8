import type { AttemptError, AttemptTimings, AttemptTrigger, ReceivedResponse } from './attempt.js';
import type { DiscardReason } from './discard-reason.js';
import type { EventRecord } from './event.js';
import type { Verdict } from './judge-attempt.js';
import type { UnsendableReason } from './unsendable.js';
import type { UnreadableWebhook, WebhookForSending } from './webhook.js';

/** A delivery whose event goes in the request of a batch. */
export interface BatchMember {
  deliveryId: string;
  event: EventRecord;
}

/** A delivery, or a batch of deliveries, that this dispatcher alone may attempt until its lease ends. */
export interface ClaimedDelivery {
  id: string;
  leaseId: string;
  webhookId: string;
  /** Of the webhook at the moment of the claim; a cached copy with another version is stale. */
  webhookVersion: number;
  event: EventRecord;
  /**
   * For a batch, to which `id` then belongs: its deliveries in order; `event` is that of the first. The same at every
   * attempt.
   */
  members?: readonly [BatchMember, ...BatchMember[]];
  /** Number of the attempt to be made, 1 or more over the delivery's life. */
  attemptNumber: number;
  /** Failed attempts of the current cycle so far. */
  cycleFailures: number;
  trigger: AttemptTrigger;
  test: boolean;
  /** Others may wait for the end of this one. */
  ordered: boolean;
  /** The previous attempt was cut off: its dispatcher died, and its lease ran out. */
  takenOver: boolean;
  /**
   * Its place in the timetable of a webhook with a rate limit: milliseconds after the claim before which its
   * request must not start. 0 without a limit.
   */
  startInMs: number;
  /**
   * Its webhook has a rate limit and a filter, so it has no place in the timetable yet: once the filter wants it,
   * {@link DeliveryStore.takeSlots} gives it one.
   */
  awaitsSlot: boolean;
}

/** A claimed delivery that its webhook turns away. */
export interface TurnedAway {
  claimed: ClaimedDelivery;
  reason: DiscardReason;
}

export interface ClaimRequest {
  /**
   * Each webhook, once, with the number of its free slots. A webhook without a free slot belongs in it too: its tests
   * are sent beside the cap.
   */
  slots: readonly { webhookId: string; free: number }[];
  /** At most this many deliveries in all, and a few tests beside them. */
  limit: number;
  leaseSeconds: number;
}

export interface Claim {
  deliveries: ClaimedDelivery[];
  /**
   * Webhooks that may have more due deliveries than they got: claim again when slots come free. When a delivery could
   * not be claimed and is dead, for example because its event was pruned, its webhook is among them if the next
   * delivery of the session may go now.
   */
  withMore: string[];
  /**
   * Webhooks that may have more due deliveries than their rate limit lets go now, and in how many
   * milliseconds to claim again.
   */
  paced: { webhookId: string; againInMs: number }[];
  /**
   * Webhooks that collect deliveries for a batch, and in how many milliseconds the oldest has waited long enough. A
   * wake may come earlier, when another delivery fills the batch.
   */
  collecting?: { webhookId: string; againInMs: number }[];
  /** How many deliveries could not be claimed and are dead, by why; only where there are some. */
  buried?: Partial<Record<UnsendableReason, number>>;
  /** Operational events about deliveries that could not be claimed were stored, and have to be fanned out. */
  operationalEvents: boolean;
}

/** What {@link DeliveryStore.takeSlots} gave. */
export interface TakenSlots {
  /** Deliveries that may go, and in how many milliseconds. The others were given back, due at once. */
  going: { id: string; startInMs: number }[];
  /** Webhooks whose deliveries were given back because of their rate, and in how many milliseconds to claim again. */
  paced: Claim['paced'];
}

export interface WebhooksForSending {
  readable: WebhookForSending[];
  unreadable: UnreadableWebhook[];
}

/** One attempt with what it means; recorded together with the delivery's new state. */
export interface AttemptRecord {
  claimed: ClaimedDelivery;
  /** UUIDv7 of the attempt. */
  attemptId: string;
  verdict: Verdict;
  at: Date;
  url: string;
  format: string;
  /** JSON of what the body was made from besides the event; null for formats that need nothing else. */
  renderedWith: string | null;
  /** As sent, with Authorization and secrets redacted. */
  requestHeaders: Record<string, string>;
  response: ReceivedResponse | null;
  error: AttemptError | null;
  timings: AttemptTimings;
}

export interface RecordReport {
  /** Webhooks that this recording paused, each once however many attempts failed. */
  paused: { webhookId: string; reason: 'consecutive_failures' | 'gone' }[];
  /** Deliveries whose lease another dispatcher had taken over: nothing of theirs was written. */
  lost: string[];
  /**
   * Deliveries whose webhook's row somebody else has locked: nothing of theirs was written, so that nobody waits for
   * that lock. Record them again soon.
   */
  setAside: string[];
  /** Operational events (`webhook.paused`, `delivery.dead`) were stored, and are to be fanned out. */
  operationalEvents: boolean;
  /** Webhooks with a dead letter that goes to their `fallbackUrl` now, each once. */
  fallbacksBegun: string[];
}

/**
 * Where the dispatcher claims and records deliveries. Implemented by `libs/persistence` in a few batched
 * SQL statements; every change of state, its attempt and the next due time commit in one transaction.
 * All due times and leases are by the database's clock, so that dispatchers need not agree on theirs.
 *
 * `test/integration/conformance` holds every adapter to these promises.
 */
export interface DeliveryStore {
  /**
   * Leases due deliveries, oldest first per webhook, tests before others. In an ordered session only the delivery
   * that was accepted first goes, and the next one when it is over. Deliveries of paused webhooks are held and stay;
   * tests are not held. A webhook with a `rateLimit` gets no more than its rate lets go, counted over all
   * dispatchers; tests do not count. A delivery whose earlier lease ran out is taken over, and the attempt that was
   * cut off is written to its history as `interrupted`. If the webhook also has a filter, deliveries come without a
   * place in its timetable (`awaitsSlot`), so that what the filter turns away does not count for the rate.
   */
  claim(request: ClaimRequest): Promise<Claim>;
  /**
   * Takes places in the timetables of their webhooks, for claimed deliveries that have none, the oldest first. Those
   * for which there is none now are given back.
   */
  takeSlots(claims: readonly ClaimedDelivery[]): Promise<TakenSlots>;
  /**
   * The settings of these webhooks, secrets in the clear. Deleted webhooks are left out; one whose secrets cannot be
   * read is listed separately and does not spoil the others.
   */
  webhooksForSending(webhookIds: readonly string[]): Promise<WebhooksForSending>;
  /**
   * Writes attempts and what follows from them, with an operational event for each webhook that is paused and each
   * delivery that is dead-lettered, other than those of operational events. The order of the list is that in which
   * the attempts ended: it decides what counts as consecutive.
   *
   * Safe to repeat after an error that left the outcome unknown: what an earlier try wrote counts as recorded. What
   * followed from that try is not reported again; sweeps find its operational events and its fallbacks, and its pauses
   * are stored with their e-mails.
   */
  record(attempts: readonly AttemptRecord[]): Promise<RecordReport>;
  /**
   * Extends the leases of deliveries that were sent and cannot be recorded yet, so that nobody takes them over. A
   * delivery that was taken over already, or is locked, is left alone.
   *
   * @param leaseSeconds from now
   */
  extendLeases(claims: readonly ClaimedDelivery[], leaseSeconds: number): Promise<void>;
  /**
   * Gives claimed deliveries back, due at once. Those whose request was already on its way are written to
   * the history as `interrupted`.
   */
  release(claims: readonly { claimed: ClaimedDelivery; sent: boolean }[]): Promise<void>;
  /**
   * Ends claimed deliveries without an attempt: their webhooks turn the events away. In a batch this ends only the
   * named members; the rest stays claimed. What another dispatcher has taken over is left alone.
   */
  discard(turnedAway: readonly TurnedAway[]): Promise<void>;
  /**
   * About `limit` webhooks with deliveries that are due and unleased, or leased past their end. The next call goes on
   * where this one stopped, so that the same few are not named again and again. A claim may overlook what was given
   * back, or left behind by a lease that ended, until this call has found it.
   */
  webhooksWithDueDeliveries(limit: number): Promise<string[]>;
}
