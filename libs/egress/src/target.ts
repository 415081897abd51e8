import { hostOf, type EgressPolicy, type UrlFault } from '@schoolbell/destinations';
import { LRUCache } from 'lru-cache';

/** Where a URL leads, in the pieces that a connection and a request need. */
export interface Target {
  /** Scheme, host and port: connections are shared by all that have the same. */
  origin: string;
  secure: boolean;
  /** A name, or a literal address without brackets. No trailing dot. */
  host: string;
  port: number;
  /** Path and query, as on the request line. */
  path: string;
}

type TargetCheck = { ok: true; target: Target } | ({ ok: false } & UrlFault);

/** An installation has about as many URLs as webhooks. */
const MAX_CACHED = 20_000;

/** Reads each URL once: parsing and judging it costs more than all the rest of our work for a send. */
export class TargetReader {
  private readonly known = new LRUCache<string, TargetCheck>({ max: MAX_CACHED });

  constructor(private readonly policy: EgressPolicy) {}

  read(url: string): TargetCheck {
    const known = this.known.get(url);
    if (known) return known;
    const check = this.check(url);
    this.known.set(url, check);
    return check;
  }

  private check(text: string): TargetCheck {
    const check = this.policy.checkUrl(text);
    return check.ok ? { ok: true, target: targetOf(check.url) } : check;
  }
}

function targetOf(url: URL): Target {
  const secure = url.protocol === 'https:';
  return {
    origin: url.origin,
    secure,
    host: hostOf(url),
    port: Number(url.port || (secure ? 443 : 80)),
    path: url.pathname + url.search,
  };
}
