/** One HTTP/1.1 message from a keep-alive connection. */
export interface HttpMessage {
  /** Start line and headers. */
  head: string;
  body: string;
}

const HEAD_END = '\r\n\r\n';
const LENGTH = /\r\ncontent-length: *(\d+)/i;

/**
 * Splits a stream into messages that have a Content-Length or no body. It does as little as possible: the CPU of load
 * generator and receiver is missing for what is measured.
 */
export class HttpReader {
  private rest = '';

  /** @returns the messages that are complete */
  take(chunk: Buffer): HttpMessage[] {
    this.rest += chunk.toString('latin1');
    const messages: HttpMessage[] = [];
    for (let message = this.next(); message; message = this.next()) messages.push(message);
    return messages;
  }

  private next(): HttpMessage | undefined {
    const headEnd = this.rest.indexOf(HEAD_END);
    if (headEnd < 0) return undefined;
    const head = this.rest.slice(0, headEnd);
    const bodyStart = headEnd + HEAD_END.length;
    const end = bodyStart + Number(LENGTH.exec(head)?.[1] ?? 0);
    if (this.rest.length < end) return undefined;
    const message = { head, body: this.rest.slice(bodyStart, end) };
    this.rest = this.rest.slice(end);
    return message;
  }
}
