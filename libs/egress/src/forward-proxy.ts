import type { Target } from './target.js';

/** How many targets to which it opened a tunnel are remembered, to tell a failing proxy from a failing target. */
const TARGETS_KEPT = 3;

/** The forward proxy through which everything goes out, with the evidence of how well it works. */
export class ForwardProxy {
  readonly secure: boolean;
  /** A name, or a literal address without brackets. */
  readonly host: string;
  readonly port: number;
  /** Of every request to the proxy itself. */
  readonly headers: Readonly<Record<string, string>>;
  private openedAt = -Infinity;
  /** The last one at the end. */
  private targets: Target[] = [];
  private answeredAt = -Infinity;

  /** @param url `http://` or `https://`, with `user:password@` where the proxy asks for it */
  constructor(url: string) {
    const { protocol, hostname, port, username, password } = new URL(url);
    this.secure = protocol === 'https:';
    this.host = hostname.replace(/^\[(.*)\]$/, '$1');
    this.port = Number(port || (this.secure ? 443 : 80));
    this.headers = username ? { 'Proxy-Authorization': basic(username, password) } : {};
  }

  /** It has opened a tunnel to a receiver. */
  opened(target: Target): void {
    this.openedAt = performance.now();
    this.answeredAt = this.openedAt;
    if (this.targets.at(-1)?.origin === target.origin) return;
    this.targets = [...this.targetsBesides(target), target].slice(-TARGETS_KEPT);
  }

  /** Others that it opened a tunnel to before. */
  targetsBesides({ origin }: Target): Target[] {
    return this.targets.filter((other) => other.origin !== origin);
  }

  /** A receiver's answer has come through it. */
  answered(): void {
    this.answeredAt = performance.now();
  }

  /** @param since milliseconds of `performance.now()` */
  hasOpenedSince(since: number): boolean {
    return this.openedAt >= since;
  }

  /** @param since milliseconds of `performance.now()` */
  hasAnsweredSince(since: number): boolean {
    return this.answeredAt >= since;
  }
}

function basic(username: string, password: string): string {
  const credentials = [username, password].map(decodeURIComponent).join(':');
  return `Basic ${Buffer.from(credentials).toString('base64')}`;
}
