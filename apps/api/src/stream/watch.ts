import type { DeliveryExpansion, DeliveryFilter, DeliveryRow } from '@schoolbell/persistence';
import { presentDelivery } from '../deliveries/delivery-document.js';
import { ChangeCounts } from './change-counts.js';
import type { EventStream, StreamMessage } from './event-stream.js';
import type { MatchingChanges } from './matching-changes.js';
import { presentSummary } from './stream-documents.js';
import { CURSOR_LASTS_MS, encodeCursor } from './watch-cursor.js';

/** Deliveries that are sent one by one in a second; further ones are only counted. */
export const ROWS_PER_SECOND = 20;
const SECOND_MS = 1_000;
const HEARTBEAT_MS = 15_000;
const REACHED_EVERY_MS = 10_000;

export interface WatchOptions {
  stream: EventStream;
  filter: DeliveryFilter;
  expansion: DeliveryExpansion;
  /** Changes from this moment on, by the clock of the database. */
  from: Date;
  /** Milliseconds of any origin. */
  now?: () => number;
}

/** A message that is not about a delivery. */
export interface WatchMessage {
  event: 'webhook' | 'operation';
  data: object;
  /** UUID of the webhook that it is about. */
  webhookId?: string;
}

/** One reader of a tenant's deliveries: what it is sent, and how much of it. */
export class Watch {
  readonly filter: DeliveryFilter;
  readonly expansion: DeliveryExpansion;
  readonly stream: EventStream;
  private readonly from: Date;
  private readonly now: () => number;
  private counts = new ChangeCounts();
  private secondBegan: number;
  private sentInSecond = 0;
  private summaryFrom: Date;
  private behindSince: Date | undefined;
  private wroteAt: number;
  private idAt: number;

  constructor({ stream, filter, expansion, from, now = () => performance.now() }: WatchOptions) {
    this.stream = stream;
    this.filter = filter;
    this.expansion = expansion;
    this.from = from;
    this.now = now;
    this.secondBegan = this.wroteAt = this.idAt = now();
    this.summaryFrom = from;
  }

  /** Whether a summary has to follow. */
  get hasCounts(): boolean {
    return !this.counts.isEmpty;
  }

  /**
   * Counts what is too much to be sent one by one.
   *
   * @returns the ids of the deliveries to send
   */
  choose(matching: MatchingChanges): string[] {
    const mine = matching.since(this.from.getTime());
    const ids = mine.firstIds(this.stream.isBehind ? 0 : Math.max(0, this.roomInSecond()));
    this.sentInSecond += ids.length;
    this.counts.addAll(mine.countsBeyond(ids.length));
    return ids;
  }

  /** @param at the moment of the look that read all this, by the clock of the database */
  tell(rows: readonly DeliveryRow[], messages: readonly WatchMessage[], at: Date): void {
    if (this.isBehind(at)) return;
    const { webhookId } = this.filter;
    const others = messages.filter(
      (message) => !webhookId || !message.webhookId || message.webhookId === webhookId,
    );
    const all = [
      ...rows.map((row) => ({ event: 'delivery', json: this.presented(row) })),
      ...others.map(inJson),
      ...this.dueSummary(at),
    ];
    if (all.length === 0) return this.tellNothing(at);
    this.stream.send(all, encodeCursor(at));
    this.wroteAt = this.idAt = this.now();
  }

  /** The reader's list may be outdated: it has to read the list again. */
  reset(at: Date): void {
    this.counts = new ChangeCounts();
    this.summaryFrom = at;
    this.stream.send([{ event: 'reset', json: '{}' }], encodeCursor(at));
    this.wroteAt = this.idAt = this.now();
  }

  private tellNothing(at: Date): void {
    if (this.now() - this.idAt < REACHED_EVERY_MS) return;
    this.stream.reached(encodeCursor(at));
    this.idAt = this.now();
  }

  /** Sends a comment, so that neither proxies nor clients take the connection for dead. */
  beat(): void {
    if (this.now() - this.wroteAt < HEARTBEAT_MS || this.stream.isBehind) return;
    this.stream.heartbeat();
    this.wroteAt = this.now();
  }

  private roomInSecond(): number {
    if (this.now() - this.secondBegan >= SECOND_MS) {
      this.secondBegan = this.now();
      this.sentInSecond = 0;
    }
    return ROWS_PER_SECOND - this.sentInSecond;
  }

  private dueSummary(at: Date): StreamMessage[] {
    if (this.counts.isEmpty) {
      if (at.getTime() - this.summaryFrom.getTime() >= SECOND_MS) this.summaryFrom = at;
      return [];
    }
    if (at.getTime() - this.summaryFrom.getTime() < SECOND_MS) return [];
    const data = presentSummary(this.summaryFrom, at, this.counts);
    this.counts = new ChangeCounts();
    this.summaryFrom = at;
    return [inJson({ event: 'summary', data })];
  }

  /** A reader who does not read has to ask again once they do, and is cut off after a minute. */
  private isBehind(at: Date): boolean {
    const since = this.behindSince;
    const ms = since ? at.getTime() - since.getTime() : 0;
    if (this.stream.isBehind) {
      this.behindSince ??= at;
      if (ms > CURSOR_LASTS_MS) this.stream.destroy();
      return true;
    }
    this.behindSince = undefined;
    if (since) this.reset(at);
    return false;
  }

  /** The same text for all readers of a row that one look read. */
  private presented(row: DeliveryRow): string {
    const texts = this.expansion.event ? PRESENTED.withEvent : PRESENTED.alone;
    const known = texts.get(row);
    if (known !== undefined) return known;
    const { event, ...rest } = row;
    const shown = this.expansion.event ? { ...rest, event: event ?? null } : rest;
    const json = JSON.stringify(presentDelivery(shown));
    texts.set(row, json);
    return json;
  }
}

const PRESENTED = {
  alone: new WeakMap<DeliveryRow, string>(),
  withEvent: new WeakMap<DeliveryRow, string>(),
};

function inJson({ event, data }: { event: string; data: object }): StreamMessage {
  return { event, json: JSON.stringify(data) };
}
