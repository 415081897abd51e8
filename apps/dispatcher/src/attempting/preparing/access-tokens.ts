import type {
  AccessTokenStore,
  AttemptError,
  OAuth2Authentication,
  Sender,
  WebhookForSending,
} from '@schoolbell/delivery';
import type { Logger } from '@schoolbell/logging';
import { LRUCache } from 'lru-cache';
import { fetchToken } from './fetch-token.js';

/** How long an endpoint that failed is left alone: hundreds of attempts may be waiting for a token. */
const AFTER_FAILURE_MS = 1_000;
const MOST_REMEMBERED = 10_000;

export type Access = { ok: true; token: string } | { ok: false; error: AttemptError };

interface Known {
  version: number;
  access: Access;
  /** Unix milliseconds. */
  until: number;
}

interface AccessTokensParts {
  sender: Sender;
  store: AccessTokenStore;
  logger: Logger;
  now: () => number;
}

/**
 * OAuth 2.0 tokens by webhook: fetched once for all attempts that wait for one, kept until shortly before they expire,
 * and shared with all dispatchers.
 */
export class AccessTokens {
  private readonly known = new LRUCache<string, Known>({ max: MOST_REMEMBERED });
  private readonly underWay = new Map<string, Promise<Access>>();

  constructor(private readonly parts: AccessTokensParts) {}

  /** @param rejected the token that the receiver has just answered with 401; another one is fetched */
  accessFor(
    webhook: WebhookForSending,
    authentication: OAuth2Authentication,
    rejected?: string,
  ): Access | Promise<Access> {
    const known = this.known.get(webhook.id);
    if (known && this.isGood(known, webhook.version, rejected)) return known.access;
    const key = `${webhook.id} ${webhook.version}`;
    const underWay = this.underWay.get(key);
    if (underWay) return underWay;
    const found = this.find(webhook, authentication, rejected).finally(() =>
      this.underWay.delete(key),
    );
    this.underWay.set(key, found);
    return found;
  }

  private isGood({ version, access, until }: Known, wanted: number, rejected?: string): boolean {
    const isRejected = access.ok && access.token === rejected;
    return version === wanted && this.parts.now() < until && !isRejected;
  }

  private async find(
    webhook: WebhookForSending,
    authentication: OAuth2Authentication,
    rejected?: string,
  ): Promise<Access> {
    const { store, sender, now } = this.parts;
    const stored = await this.unlessAway(store.find(webhook.id, webhook.version));
    if (stored && stored.token !== rejected && stored.expiresAt.getTime() > now()) {
      return this.remember(webhook, { ok: true, token: stored.token }, stored.expiresAt.getTime());
    }
    const fetched = await fetchToken(sender, authentication, webhook.identity, now());
    if (!fetched.ok) return this.remember(webhook, fetched, now() + AFTER_FAILURE_MS);
    await this.unlessAway(store.keep(webhook.id, webhook.version, fetched));
    return this.remember(webhook, { ok: true, token: fetched.token }, fetched.expiresAt.getTime());
  }

  /** A token that cannot be shared still serves this dispatcher. */
  private async unlessAway<T>(query: Promise<T>): Promise<T | undefined> {
    try {
      return await query;
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'access_tokens.not_shared');
      return undefined;
    }
  }

  private remember({ id, version }: WebhookForSending, access: Access, until: number): Access {
    this.known.set(id, { version, access, until });
    return access;
  }
}
