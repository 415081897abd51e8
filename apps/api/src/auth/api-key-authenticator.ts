import { hash } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { ApiKeyRecord, ApiKeyRepository } from '@schoolbell/persistence';
import { LRUCache } from 'lru-cache';
import type { ApiKeyPrincipal } from './principal.js';

/**
 * How long a key is taken as valid after it was looked up. The process that revoked it refuses it at once, the others
 * after this time; asking Postgres for every event would cost more than accepting it.
 */
const BELIEVED_MS = 1_000;

/** From this age on the key is looked up again, while the old answer stays valid: nobody waits. */
const FRESH_MS = 500;

const MAX_CACHED = 10_000;

interface Known {
  principal: ApiKeyPrincipal;
  /** When it was looked up. Unix milliseconds, like all times here. */
  askedAt: number;
  /** When to look it up again. */
  freshUntil: number;
  expiresAt: number;
}

/** Finds the API key that a request is sent with. */
export class ApiKeyAuthenticator {
  private readonly logger = new Logger(ApiKeyAuthenticator.name);
  /** By the key's SHA-256, so that neither a comparison nor a memory dump reveals keys. */
  private readonly known = new LRUCache<string, Known>({ max: MAX_CACHED });
  private readonly loading = new Map<string, Promise<ApiKeyPrincipal | undefined>>();
  /** Ids of keys whose use is being written. */
  private readonly noting = new Set<string>();

  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly now: () => number = Date.now,
  ) {}

  /** @returns at once for a key that was used a moment ago; `undefined` for one that is unknown, revoked or expired */
  authenticate(key: string): ApiKeyPrincipal | undefined | Promise<ApiKeyPrincipal | undefined> {
    const digest = hash('sha256', key, 'base64');
    const known = this.known.get(digest);
    const now = this.now();
    if (!known || !isBelieved(known, now)) return this.load(key, digest);
    if (known.freshUntil <= now) this.refresh(key, digest, known);
    return known.expiresAt > now ? known.principal : undefined;
  }

  /** Forgets every key, so that one just revoked is refused from now on. */
  forgetAll(): void {
    this.known.clear();
    this.loading.clear();
  }

  /** Nobody waits for this: if it fails, the old answer stays valid until its time is over. */
  private refresh(key: string, digest: string, known: Known): void {
    known.freshUntil = this.now() + FRESH_MS / 5;
    this.load(key, digest).catch((error: unknown) => {
      this.logger.warn(`Could not look up an API key again: ${String(error)}`);
    });
  }

  /** One look-up at a time for each key; calls meanwhile share its answer. */
  private load(key: string, digest: string): Promise<ApiKeyPrincipal | undefined> {
    const running = this.loading.get(digest);
    if (running) return running;
    const askedAt = this.now();
    // A look-up that a revocation overtook is no longer in the map, and its answer must not be kept.
    const isCurrent = (): boolean => this.loading.get(digest) === loading;
    const loading = this.lookUp(key, (found) => {
      if (isCurrent()) this.remember(digest, askedAt, found);
    }).finally(() => {
      if (isCurrent()) this.loading.delete(digest);
    });
    this.loading.set(digest, loading);
    return loading;
  }

  private async lookUp(
    key: string,
    remember: (found: ApiKeyRecord | undefined) => void,
  ): Promise<ApiKeyPrincipal | undefined> {
    const record = await this.keys.findByKey(key);
    const found = record && expiryOf(record) > this.now() ? record : undefined;
    remember(found);
    if (found) this.noteUse(found);
    return found && toPrincipal(found);
  }

  private remember(digest: string, askedAt: number, record: ApiKeyRecord | undefined): void {
    if (!record) return void this.known.delete(digest);
    const principal = toPrincipal(record);
    const freshUntil = askedAt + FRESH_MS;
    this.known.set(digest, { principal, askedAt, freshUntil, expiresAt: expiryOf(record) });
  }

  /** Nobody waits for this, and no request fails because of it. */
  private noteUse(record: ApiKeyRecord): void {
    if (this.noting.has(record.id)) return;
    this.noting.add(record.id);
    this.keys
      .noteUse(record, new Date(this.now()))
      .catch((error: unknown) => {
        const reason = String(error);
        this.logger.warn(`Could not note the use of the API key ${record.prefix}: ${reason}`);
      })
      .finally(() => this.noting.delete(record.id));
  }
}

/** Not if the clock was set back: a revoked key would stay valid for as long. */
function isBelieved({ askedAt }: Known, now: number): boolean {
  return askedAt <= now && now < askedAt + BELIEVED_MS;
}

function expiryOf(record: ApiKeyRecord): number {
  return record.expiresAt?.getTime() ?? Infinity;
}

function toPrincipal(record: ApiKeyRecord): ApiKeyPrincipal {
  return {
    kind: 'api_key',
    id: record.id,
    name: record.name,
    tenantId: record.tenantId,
    permissions: new Set(record.permissions),
    expiresAt: record.expiresAt,
  };
}
