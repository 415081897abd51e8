import { Readable } from 'node:stream';

/** A reader who lets more than this lie is behind: messages are counted for it, and not kept. Bytes. */
const MOST_BUFFERED = 64 * 1024;
/** How long a client waits before it connects again. */
const RETRY_MS = 2_000;

export interface StreamMessage {
  event: string;
  json: string;
}

/** An answer of server-sent events, as the HTML standard has them. It never holds more than a reader lets lie. */
export class EventStream extends Readable {
  private finished = false;

  constructor() {
    super({ highWaterMark: MOST_BUFFERED, read: () => undefined });
  }

  /** Whether its reader does not keep up. */
  get isBehind(): boolean {
    return this.readableLength >= MOST_BUFFERED;
  }

  /** First: how soon to connect again, and where this begins. */
  begin(id: string): void {
    this.write(`retry: ${RETRY_MS}\nid: ${id}\n\n`);
  }

  /**
   * All that a look found, in one piece.
   *
   * @param id of the last message alone: whoever is cut off before it gets the others again
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

  /** Nothing happened until then: a client remembers it, and no message comes of it. */
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
