import {
  startReceiver,
  type ReceivedRequest,
  type Receiver,
  type Reply,
} from '../../support/index.js';

/** Long, since a busy machine takes seconds to start a service. */
const ARRIVAL_TIMEOUT_MS = 40_000;

/** A receiver with a path for each webhook, which counts what it took. */
export class ReceiverUnderLoad {
  /** By path and `webhook-id`: how many requests were answered with a 2xx. */
  readonly taken = new Map<string, number>();
  private readonly answers = new Map<string, (request: ReceivedRequest) => Reply>();
  private byDefault: () => Reply = () => 200;

  private constructor(private readonly receiver: Receiver) {
    receiver.respondWith((request) => {
      const reply = (this.answers.get(request.path) ?? this.byDefault)(request);
      if (takes(reply)) this.count(request.path, String(request.headers['webhook-id']));
      return reply;
    });
  }

  static async start(): Promise<ReceiverUnderLoad> {
    return new ReceiverUnderLoad(await startReceiver());
  }

  urlOf(path: string): string {
    return new URL(path, this.receiver.url).href;
  }

  get requests(): readonly ReceivedRequest[] {
    return this.receiver.requests;
  }

  /** Resolves once this many requests have arrived. */
  async waitFor(count: number): Promise<void> {
    await this.receiver.waitFor(count, ARRIVAL_TIMEOUT_MS);
  }

  answerAll(reply: Reply): void {
    this.byDefault = () => reply;
  }

  answer(path: string, decide: (request: ReceivedRequest) => Reply): void {
    this.answers.set(path, decide);
  }

  close(): Promise<void> {
    return this.receiver.close();
  }

  /** Also counts what another receiver took. */
  count(path: string, webhookId: string): void {
    const what = `${path} ${webhookId}`;
    this.taken.set(what, (this.taken.get(what) ?? 0) + 1);
  }
}

function takes(reply: Reply): boolean {
  if (typeof reply === 'string') return false;
  const status = typeof reply === 'number' ? reply : reply.status;
  return status >= 200 && status < 300;
}
