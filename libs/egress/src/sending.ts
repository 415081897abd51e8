import type {
  AttemptError,
  AttemptTimings,
  OutgoingRequest,
  SendResult,
} from '@schoolbell/delivery';
import type { Dispatcher } from 'undici';
import type { Connection } from './connection.js';
import type { ConnectionPool } from './connection-pool.js';
import {
  CUT_ON_REUSE,
  explainFailure,
  explainTimeout,
  isClosing,
  isClosingInHandshake,
  type Progress,
} from './failure.js';
import { isGone } from './is-gone.js';
import type { ForwardProxy } from './forward-proxy.js';
import { OUR_NAME_SERVERS, OUR_NETWORK, OUR_PROXY } from './own-failures.js';
import type { Trial } from './reachability.js';
import { ResponseReader } from './response-reader.js';
import type { Target } from './target.js';

/**
 * One request on its way: takes a connection, listens to what comes back, and settles once, by the end of the
 * answer, its size, a failure or the deadline, whichever is first.
 */
export class Sending implements Dispatcher.DispatchHandler, Trial {
  readonly startedAt = performance.now();
  private readonly deadline: NodeJS.Timeout;
  private readonly connection: Connection;
  private firstByteAt: number | undefined;
  private reader: ResponseReader | undefined;
  private reused = false;
  private settled = false;

  constructor(
    private readonly pool: ConnectionPool,
    private readonly target: Target,
    private readonly request: OutgoingRequest,
    private readonly settle: (sending: Sending, result: SendResult) => void,
  ) {
    // Timers of one length share a list in Node: setting and clearing one is under a microsecond.
    this.deadline = setTimeout(expire, request.timeoutMs, this);
    const anew = request.newConnection || pool.cut.has(request.url);
    const { identity } = request;
    this.connection = anew ? pool.open(target, identity) : pool.take(target, identity);
  }

  start(): void {
    const { method = 'POST', headers, body } = this.request;
    this.reused = this.connection.alive;
    this.connection.dispatch(
      {
        origin: this.target.origin,
        path: this.target.path,
        method,
        headers: headers.flat(),
        body,
      },
      this,
    );
  }

  get address(): string | null {
    return this.connection.address;
  }

  get unanswered(): boolean {
    const { timings, silent } = this.connection;
    return timings ? timings.connectMs === null : this.reused && silent;
  }

  /** Ends it with our own error: the deadline, or the sender that closes. */
  abort(error: AttemptError): void {
    this.fail(error);
  }

  expire(): void {
    this.fail(this.ownFailure() ?? explainTimeout(this.progress(), this.request.timeoutMs));
  }

  onRequestStart(): void {
    this.connection.awaitAnswer();
  }

  onResponseStarted(): void {
    if (this.firstByteAt !== undefined) return;
    this.firstByteAt = performance.now();
    const { way, reach } = this.pool.opener;
    if (way) way.proxy.answered();
    else reach.reached(this.connection.address!);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.reader = new ResponseReader(status, headers);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.settled || this.reader!.take(chunk)) return;
    this.finish({ kind: 'answered', response: this.reader!.response(), timings: this.timings() });
    this.connection.destroy();
  }

  onResponseEnd(): void {
    if (this.settled) return;
    if (this.pool.cut.has(this.request.url)) this.connection.destroy();
    else this.pool.release(this.connection);
    this.finish({ kind: 'answered', response: this.reader!.response(), timings: this.timings() });
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (this.settled) return;
    if (this.wasCutOnReuse(error)) {
      this.pool.cut.add(this.request.url);
      this.fail({ ...CUT_ON_REUSE, internal: error.message });
    } else if (this.pool.opener.way && this.wasCutUnanswered(error)) {
      void this.failByWhoCut(this.pool.opener.way.proxy, error);
    } else {
      this.fail(explainFailure(error));
    }
  }

  private wasCutUnanswered(error: Error): boolean {
    return isClosingInHandshake(error) || (this.connection.silent && isClosing(error));
  }

  /** A tunnel ends when its receiver ends it, and when the proxy goes away. */
  private async failByWhoCut(proxy: ForwardProxy, error: Error): Promise<void> {
    const gone = await isGone(this.pool.opener, proxy);
    this.fail(gone ? { ...OUR_PROXY, internal: gone.message } : explainFailure(error));
  }

  /**
   * A reused connection that ended before a byte came back was closed while idle, just as we wrote, or by a receiver
   * that had read the request: we cannot know which. undici checks right before it writes whether an idle connection
   * has ended, and then opens another one, so this can happen only within the time of one trip.
   */
  private wasCutOnReuse(error: Error): boolean {
    if (!this.reused || this.connection.timings) return false;
    return this.connection.silent && isClosing(error);
  }

  /** Which failure on our side kept the deadline from being met, as far as is known. */
  private ownFailure(): AttemptError | undefined {
    const { names, way, reach } = this.pool.opener;
    if (way) return this.isKeptByProxy(way.proxy) ? OUR_PROXY : undefined;
    if (this.address === null) return names.down ? OUR_NAME_SERVERS : undefined;
    if (!this.unanswered) return undefined;
    reach.unreached(this.address);
    return reach.isOurs(this.address, this.startedAt) ? OUR_NETWORK : undefined;
  }

  /** Half of the time is enough for a working proxy to serve somebody else. */
  private isKeptByProxy(proxy: ForwardProxy): boolean {
    if (!this.unanswered) return false;
    const since = (this.startedAt + performance.now()) / 2;
    return this.connection.timings ? !proxy.hasOpenedSince(since) : !proxy.hasAnsweredSince(since);
  }

  private fail(error: AttemptError): void {
    if (this.settled) return;
    const response = this.reader?.response();
    this.finish({ kind: 'failed', error, timings: this.timings(), ...(response && { response }) });
    // Only now: undici reports the end of a connection as another error, before this returns.
    this.connection.destroy();
  }

  private finish(result: SendResult): void {
    this.settled = true;
    clearTimeout(this.deadline);
    this.settle(this, result);
  }

  private progress(): Progress {
    if (this.reader) return 'reading';
    return this.connection.alive ? 'waiting' : 'connecting';
  }

  private timings(): AttemptTimings {
    const opened = this.connection.timings;
    return {
      dnsMs: rounded(opened?.dnsMs),
      connectMs: rounded(opened?.connectMs),
      tlsMs: rounded(opened?.tlsMs),
      firstByteMs: rounded(this.firstByteAt && this.firstByteAt - this.startedAt),
      totalMs: Math.round(performance.now() - this.startedAt),
    };
  }
}

function expire(sending: Sending): void {
  sending.expire();
}

function rounded(ms: number | null | undefined): number | null {
  return ms === null || ms === undefined ? null : Math.round(ms);
}
