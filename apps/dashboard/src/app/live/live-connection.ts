import { changeOf, type DeliveryChange } from './delivery-change.ts';
import { ServerSentEvents } from './server-sent-events.ts';

/**
 * - `connecting`: not known yet
 * - `live`: a stream is open
 * - `polling`: no stream can be had, so pages are told every ten seconds to ask again
 * - `offline`: the API cannot be reached
 */
export type LiveState = 'connecting' | 'live' | 'polling' | 'offline';

interface LivePorts {
  /** Asks for the stream, with a token. */
  open(lastEventId: string | undefined, signal: AbortSignal): Promise<Response>;
  /** Whether the API answers. */
  isReachable(signal: AbortSignal): Promise<boolean>;
  onChange(change: DeliveryChange): void;
  onState(state: LiveState): void;
  /** Resolves when the time is over, or `signal` aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  now(): number;
}

const POLL_MS = 10_000;
/** While polling, it tries for a stream this often. */
const TRY_AGAIN_MS = 60_000;
const MINUTE_MS = 60_000;
const MOST_FAILURES = 3;
const BACK_OFF_MS = [1_000, 2_000, 5_000];
/** The API sends a comment every 15 s: a connection that is silent for longer than this is broken. */
const SILENT_MS = 40_000;

/** Keeps a page live: by a stream while it can, by polling otherwise. Its state never promises more than is true. */
export class LiveConnection {
  private readonly events = new ServerSentEvents();
  private failures: number[] = [];
  private running: AbortController | undefined;
  private state: LiveState = 'connecting';

  constructor(private readonly ports: LivePorts) {}

  start(): void {
    if (this.running) return;
    this.running = new AbortController();
    this.state = 'connecting';
    this.failures = [];
    void this.run(this.running.signal);
  }

  /**
   * Used while nobody sees the page. The next start tells what happened meanwhile, or that the page should ask again.
   */
  stop(): void {
    this.running?.abort();
    this.running = undefined;
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const lasted = await this.stream(signal);
      if (signal.aborted) return;
      if (lasted === 'ended') continue;
      this.failures = [...this.failures, this.ports.now()].filter(
        (at) => at > this.ports.now() - MINUTE_MS,
      );
      if (this.failures.length >= MOST_FAILURES) await this.poll(signal);
      else await this.afterFailure(signal);
    }
  }

  /** @returns `ended` when the API ended an open stream, as it does when an access token expires */
  private async stream(signal: AbortSignal): Promise<'ended' | 'failed'> {
    const attempt = new AbortController();
    const abort = (): void => attempt.abort();
    signal.addEventListener('abort', abort);
    try {
      const response = await this.ports.open(this.events.lastEventId, attempt.signal);
      if (!response.ok || !response.body) return 'failed';
      const began = this.ports.now();
      this.become('live', signal);
      await this.read(response.body, attempt);
      // A stream that keeps ending at once counts as none.
      return this.ports.now() - began > BACK_OFF_MS[0]! ? 'ended' : 'failed';
    } catch {
      return 'failed';
    } finally {
      signal.removeEventListener('abort', abort);
      attempt.abort();
    }
  }

  private async read(body: ReadableStream<Uint8Array>, attempt: AbortController): Promise<void> {
    this.events.restart();
    const reader = body.getReader();
    const decoder = new TextDecoder();
    for (;;) {
      const silence = setTimeout(() => attempt.abort(), SILENT_MS);
      const { done, value } = await reader.read().finally(() => clearTimeout(silence));
      if (done) return;
      for (const message of this.events.push(decoder.decode(value, { stream: true }))) {
        const change = changeOf(message);
        if (change) this.ports.onChange(change);
      }
    }
  }

  private async afterFailure(signal: AbortSignal): Promise<void> {
    this.become('offline', signal);
    await this.ports.sleep(BACK_OFF_MS[this.failures.length - 1]!, signal);
  }

  /** For a minute; then it tries for a stream again. */
  private async poll(signal: AbortSignal): Promise<void> {
    const until = this.ports.now() + TRY_AGAIN_MS;
    while (!signal.aborted && this.ports.now() < until) {
      const reachable = await this.ports.isReachable(signal).catch(() => false);
      this.become(reachable ? 'polling' : 'offline', signal);
      if (signal.aborted) return;
      if (reachable) this.ports.onChange({ kind: 'again' });
      await this.ports.sleep(POLL_MS, signal);
    }
    this.failures = this.failures.slice(-MOST_FAILURES + 1);
  }

  private become(state: LiveState, signal: AbortSignal): void {
    if (signal.aborted || this.state === state) return;
    this.state = state;
    this.ports.onState(state);
  }
}
