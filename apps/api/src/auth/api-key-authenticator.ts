import { hash } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { ApiKeyRecord, ApiKeyRepository } from '@schoolbell/persistence';
import type { ApiKeyPrincipal } from './principal.js';

/**
 * How long a key that was found is believed. A revoked key is refused at once by the process that revoked it,
 * and by the others after this; asking Postgres for every event would cost more than accepting it.
 */
const BELIEVED_MS = 1_000;

/** Beyond this many keys within a second, the cache starts anew. */
const MAX_CACHED = 10_000;

interface Known {
  principal: ApiKeyPrincipal;
  believedUntil: number;
  expiresAt: number;
}

/** Tells which API key a request brings. */
export class ApiKeyAuthenticator {
  readonly #logger = new Logger(ApiKeyAuthenticator.name);
  /** By SHA-256 of the key, so that neither a comparison nor a memory dump gives keys away. */
  readonly #known = new Map<string, Known>();
  readonly #loading = new Map<string, Promise<ApiKeyPrincipal | undefined>>();

  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly now: () => number = Date.now,
  ) {}

  /** @returns at once for a key seen a moment ago; `undefined` for one that is unknown, revoked or expired */
  authenticate(key: string): ApiKeyPrincipal | undefined | Promise<ApiKeyPrincipal | undefined> {
    const digest = hash('sha256', key, 'base64');
    const known = this.#known.get(digest);
    const now = this.now();
    // Not when the clock was put back: a revoked key would be believed for as long.
    if (known && known.believedUntil > now && known.believedUntil <= now + BELIEVED_MS) {
      return known.expiresAt > now ? known.principal : undefined;
    }
    const running = this.#loading.get(digest);
    if (running) return running;
    const loading = this.#load(key, digest).finally(() => {
      if (this.#loading.get(digest) === loading) this.#loading.delete(digest);
    });
    this.#loading.set(digest, loading);
    return loading;
  }

  /** Forgets every key, so that one just revoked is refused from now on. */
  forgetAll(): void {
    this.#known.clear();
    this.#loading.clear();
  }

  async #load(key: string, digest: string): Promise<ApiKeyPrincipal | undefined> {
    const record = await this.keys.findByKey(key);
    const expiresAt = record?.expiresAt?.getTime() ?? Infinity;
    if (!record || expiresAt <= this.now()) return undefined;
    const principal = toPrincipal(record);
    // A load that a revocation overtook is no longer in the map, and must not be believed any further.
    if (this.#loading.has(digest)) this.#remember(digest, { principal, expiresAt });
    this.#noteUse(record);
    return principal;
  }

  #remember(digest: string, found: Omit<Known, 'believedUntil'>): void {
    if (this.#known.size >= MAX_CACHED) this.#known.clear();
    this.#known.set(digest, { ...found, believedUntil: this.now() + BELIEVED_MS });
  }

  /** Nobody waits for this, and a request does not fail because of it. */
  #noteUse(record: ApiKeyRecord): void {
    this.keys.noteUse(record, new Date(this.now())).catch((error: unknown) => {
      this.#logger.warn(`Could not note the use of the API key ${record.prefix}: ${String(error)}`);
    });
  }
}

function toPrincipal(record: ApiKeyRecord): ApiKeyPrincipal {
  return {
    kind: 'api_key',
    id: record.id,
    name: record.name,
    tenantId: record.tenantId,
    permissions: new Set(record.permissions),
  };
}
