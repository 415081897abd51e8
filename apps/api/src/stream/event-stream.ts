import { Readable } from 'node:stream';

/** A reader with more unread bytes than this is behind: its messages are counted, and not kept. */
const MOST_BUFFERED = 64 * 1024;
/** How long a client waits before it connects again. */
const RETRY_MS = 2_000;

export interface StreamMessage {
  event: string;
  json: string;
}

/**
 * An answer of server-sent events, as the HTML standard defines them. It keeps no more than {@link MOST_BUFFERED}
 * unread.
 */
export class EventStream extends Readable {
  private finished = false;

  constructor() {
    super({ highWaterMark: MOST_BUFFERED, read: () => undefined });
  }

  /** Whether its reader does not keep up. */
  get isBehind(): boolean {
    return this.readableLength >= MOST_BUFFERED;
  }

  /** The first message: how soon to reconnect, and the position at which the stream begins. */
  begin(id: string): void {
    this.write(`retry: ${RETRY_MS}\nid: ${id}\n\n`);
  }

  /**
   * Everything that a look found, in one piece.
   *
   * @param id goes with the last message only: a reader who is cut off before it gets the others again
   */
  send(messages: readonly StreamMessage[], id: string): void {
    const last = messages.length - 1;
    this.write(
      messages
        .map(({ event, json }, at) => {
          const line = at === last ? `id: ${id}\n` : '';
          return `event: ${event}\n${line}data: ${json}\n\n`;
        })
        .join(''),
    );
  }

  /** Nothing happened up to this position: a client remembers it without getting a message. */
  reached(id: string): void {
    this.write(`id: ${id}\n\n`);
  }

  heartbeat(): void {
    this.write(':\n\n');
  }

  finish(): void {
    if (!this.isOver) this.push(null);
    this.finished = true;
  }

  private get isOver(): boolean {
    return this.finished || this.destroyed;
  }

  private write(text: string): void {
    if (!this.isOver) this.push(text);
  }
}
