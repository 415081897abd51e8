/** One message of a stream; a block with nothing but an `id` is not a message. */
export interface ServerSentEvent {
  event: string;
  data: string;
}

/**
 * Reads server-sent events as the HTML standard defines them, wherever the text is cut. EventSource does the same, but
 * cannot send an access token.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export class ServerSentEvents {
  /** Where to continue after a break. */
  lastEventId: string | undefined;
  private rest = '';
  private event = '';
  private data: string[] = [];

  /** @returns the messages that end in this text */
  push(text: string): ServerSentEvent[] {
    this.rest += text;
    const messages: ServerSentEvent[] = [];
    // A CR at the end may be the first half of a line break.
    for (let end; (end = /\r\n|\n|\r(?!$)/.exec(this.rest));) {
      const line = this.rest.slice(0, end.index);
      this.rest = this.rest.slice(end.index + end[0].length);
      const message = line === '' ? this.dispatch() : this.take(line);
      if (message) messages.push(message);
    }
    return messages;
  }

  /** Call it when a new connection begins: the half of a message that the last one left is dropped. */
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
