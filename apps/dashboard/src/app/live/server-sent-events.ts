/** One message of a stream; a block with an `id` alone is none. */
export interface ServerSentEvent {
  event: string;
  data: string;
}

/**
 * Reads server-sent events as the HTML standard has them, however the text is cut. EventSource does so too, but cannot
 * send an access token.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export class ServerSentEvents {
  /** What to go on from after a break. */
  lastEventId: string | undefined;
  private rest = '';
  private event = '';
  private data: string[] = [];

  /** @returns the messages that this text ends */
  push(text: string): ServerSentEvent[] {
    this.rest += text;
    const messages: ServerSentEvent[] = [];
    // A CR at the end may be half of a line break.
    for (let end; (end = /\r\n|\n|\r(?!$)/.exec(this.rest));) {
      const line = this.rest.slice(0, end.index);
      this.rest = this.rest.slice(end.index + end[0].length);
      const message = line === '' ? this.dispatch() : this.take(line);
      if (message) messages.push(message);
    }
    return messages;
  }

  /** A new connection begins: what the last one left half said is forgotten. */
  restart(): void {
    this.rest = this.event = '';
    this.data = [];
  }

  private take(line: string): undefined {
    const [, name, value] = /^([^:]*):? ?(.*)$/s.exec(line) as unknown as [string, string, string];
    if (name === 'data') this.data.push(value);
    else if (name === 'event') this.event = value;
    else if (name === 'id' && !value.includes('\0')) this.lastEventId = value;
  }

  private dispatch(): ServerSentEvent | undefined {
    const [event, data] = [this.event || 'message', this.data];
    this.event = '';
    this.data = [];
    return data.length === 0 ? undefined : { event, data: data.join('\n') };
  }
}
