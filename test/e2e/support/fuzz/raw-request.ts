import { Agent, request as httpRequest } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A request down to its bytes: nothing corrects it on its way. */
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

/** Longer than any answer may take, including a test of a webhook. Milliseconds. */
const DEADLINE_MS = 25_000;

/** Keeps connections open, since a run makes thousands of requests. */
export class RawClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 16 });

  constructor(private readonly apiUrl: string) {}

  /** Rejects if there is no complete answer within the deadline. */
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
      // The rest of a body that is too large is not read: either the answer came before, or this is the fault.
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
