import { setTimeout as sleep } from 'node:timers/promises';
import { askForTunnel, TunnelRefused } from './ask-for-tunnel.js';
import { connectToProxy, type ProxyMeans } from './connect-to-proxy.js';
import type { ForwardProxy } from './forward-proxy.js';
import type { Target } from './target.js';

/**
 * The time between two checks, because each opens connections to receivers that have nothing to do with it.
 * Milliseconds.
 */
const BETWEEN_CHECKS_MS = 500;
/**
 * A tunnel that was opened within this time is proof enough. Shorter than the time between checks, or every second
 * check would be left out.
 */
const RECENT_MS = BETWEEN_CHECKS_MS / 2;
/** The timeout of a tunnel that is opened only as a check. Milliseconds. */
const PATIENCE_MS = 2000;
const PROXY_AUTHENTICATION_REQUIRED = 407;

/**
 * Tells a failing proxy from a failing target. Proxies refuse in the same way what they cannot do, what they may not
 * do and what is not there: it is the target's failure if the proxy opens a tunnel to another target.
 */
export class ProxyCheck {
  private endedAt = -Infinity;
  private running: Promise<void> | undefined;

  constructor(
    private readonly means: ProxyMeans,
    private readonly proxy: ForwardProxy,
  ) {}

  /** Whether it is our failure that the proxy opened no tunnel to a target. */
  async isOurs(target: Target, cause: unknown): Promise<boolean> {
    if (cause instanceof TunnelRefused && cause.status === PROXY_AUTHENTICATION_REQUIRED)
      return true;
    const since = performance.now();
    await this.run(target);
    return !this.proxy.hasOpenedSince(since);
  }

  /** For as long as the proxy does not answer, so that there is a verdict by the deadline. */
  async runUnlessBusy(target: Target): Promise<void> {
    if (!this.proxy.hasOpenedSince(performance.now() - RECENT_MS)) await this.run(target);
  }

  /** Asks the proxy to open tunnels to other targets; once for all callers. Never rejects. */
  private run(target: Target): Promise<void> {
    this.running ??= this.tryOthers(target).finally(() => {
      this.endedAt = performance.now();
      this.running = undefined;
    });
    return this.running;
  }

  private async tryOthers(target: Target): Promise<void> {
    const others = this.proxy.targetsBesides(target);
    // Without another target to try: somebody may be sending to one in the meantime.
    const begin = others.length === 0 ? performance.now() : this.endedAt;
    await sleep(Math.max(0, begin + BETWEEN_CHECKS_MS - performance.now()));
    await Promise.any(others.map((other) => this.open(other))).catch(() => undefined);
  }

  private async open(target: Target): Promise<void> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const socket = await connectToProxy(this.means, this.proxy, signal);
    try {
      await askForTunnel(socket, this.proxy, target, signal);
      this.proxy.opened(target);
    } finally {
      socket.destroy();
    }
  }
}
