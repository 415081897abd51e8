import { Agent, request as httpRequest } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A request to the byte: nothing of it is made well-formed on its way. */
export interface RawRequest {
  method: string;
  /** Path and query, percent-encoded or not. */
  target: string;
  headers: Record<string, string | string[]>;
  body?: string | Buffer;
}

export interface RawAnswer {
  status: number;
  contentType: string;
  text: string;
}

/** Longer than any answer may take, a test of a webhook included. Milliseconds. */
const DEADLINE_MS = 25_000;

/** Keeps connections, since a run makes thousands of requests. */
export class RawClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 16 });

  constructor(private readonly apiUrl: string) {}

  /** Rejects when there is no whole answer within the deadline. */
  async send({ method, target, headers, body }: RawRequest): Promise<RawAnswer> {
    const { hostname, port } = new URL(this.apiUrl);
    return new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(DEADLINE_MS);
      const options = { hostname, port, method, path: target, headers, agent: this.agent, signal };
      const outgoing = httpRequest(options, async (incoming) => {
        const contentType = incoming.headers['content-type'] ?? '';
        const status = incoming.statusCode!;
        // A stream of events has no end.
        if (contentType.startsWith('text/event-stream')) {
          outgoing.destroy();
          return resolve({ status, contentType, text: '' });
        }
        buffer(incoming).then(
          (bytes) => resolve({ status, contentType, text: bytes.toString('utf8') }),
          reject,
        );
      });
      // Of a body that is too large the rest is not read: the answer came before, or this is the fault.
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
