import { timingSafeEqual } from 'node:crypto';
import { uuidV7 } from '@schoolbell/delivery';
import { type Permission, readPermissions } from '@schoolbell/identity';
import type { Database } from '../../database/database.js';
import type { ApiKey } from '../../generated/client.js';
import { hashApiKey, makeApiKey, prefixOfApiKey } from './api-key.js';

/** An API key as it is stored and listed: without the key. */
export interface ApiKeyRecord {
  id: string;
  /** Null for a platform key. */
  tenantId: string | null;
  name: string;
  prefix: string;
  permissions: Permission[];
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  createdAt: Date;
}

export interface ApiKeyDraft {
  tenantId: string | null;
  name: string;
  permissions: readonly Permission[];
  expiresAt?: Date | null;
}

/** Shown as "last used" to the minute: a write per request would cost more than the request. */
const LAST_USE_GRAIN_MS = 60_000;

type StoredKey = Omit<ApiKey, 'revokedAt'>;

const KEY_BY_PREFIX = `
SELECT id, tenant_id AS "tenantId", name, prefix, hash, permissions, expires_at AS "expiresAt",
       last_used_at AS "lastUsedAt", created_at AS "createdAt"
FROM api_keys WHERE prefix = $1 AND revoked_at IS NULL`;

/** Creates, lists, finds and revokes API keys. */
export class ApiKeyRepository {
  constructor(private readonly db: Database) {}

  /** @returns the record and, this once, the key itself */
  async create(draft: ApiKeyDraft): Promise<{ record: ApiKeyRecord; key: string }> {
    const { key, prefix, hash } = makeApiKey();
    const row = await this.db.prisma.apiKey.create({
      data: {
        id: uuidV7(),
        tenantId: draft.tenantId,
        name: draft.name,
        prefix,
        hash: new Uint8Array(hash),
        permissions: [...draft.permissions],
        expiresAt: draft.expiresAt ?? null,
      },
    });
    return { record: toRecord(row), key };
  }

  /**
   * Newest first, without revoked ones.
   *
   * @param before only keys with a smaller id
   */
  async list(
    tenantId: string | null,
    page: { before?: string | undefined; limit: number },
  ): Promise<ApiKeyRecord[]> {
    const rows = await this.db.prisma.apiKey.findMany({
      where: { tenantId, revokedAt: null, ...(page.before && { id: { lt: page.before } }) },
      orderBy: { id: 'desc' },
      take: page.limit,
    });
    return rows.map(toRecord);
  }

  /** @returns false when there is no such unrevoked key of this owner */
  async revoke(tenantId: string | null, id: string): Promise<boolean> {
    const { count } = await this.db.prisma.apiKey.updateMany({
      where: { id, tenantId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    return count > 0;
  }

  /**
   * Finds the unrevoked key, comparing in constant time. Expired ones are found: the caller has the clock.
   *
   * Every request waits for this, so it has connections of its own.
   */
  async findByKey(key: string): Promise<ApiKeyRecord | undefined> {
    const prefix = prefixOfApiKey(key);
    if (!prefix) return undefined;
    const { rows } = await this.db.authPool.query<StoredKey>({
      name: 'find-api-key',
      text: KEY_BY_PREFIX,
      values: [prefix],
    });
    const [row] = rows;
    return row && timingSafeEqual(row.hash, hashApiKey(key)) ? toRecord(row) : undefined;
  }

  /** Notes the use of a key, at most once a minute. */
  async noteUse(record: Pick<ApiKeyRecord, 'id' | 'lastUsedAt'>, now: Date): Promise<void> {
    const last = record.lastUsedAt?.getTime() ?? 0;
    if (now.getTime() - last < LAST_USE_GRAIN_MS) return;
    await this.db.prisma.apiKey.updateMany({ where: { id: record.id }, data: { lastUsedAt: now } });
  }
}

function toRecord(row: StoredKey): ApiKeyRecord {
  return {
    id: row.id,
    tenantId: row.tenantId,
    name: row.name,
    prefix: row.prefix,
    permissions: readPermissions(row.permissions),
    expiresAt: row.expiresAt,
    lastUsedAt: row.lastUsedAt,
    createdAt: row.createdAt,
  };
}
