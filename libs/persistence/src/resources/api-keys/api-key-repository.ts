import { timingSafeEqual } from 'node:crypto';
import { uuidV7 } from '@schoolbell/ids';
import { type Author, type Permission, readPermissions } from '@schoolbell/identity';
import { asTenantOrPlatform } from '../../database/as-tenant.js';
import { shownFields } from '../../database/changed-fields.js';
import type { Database } from '../../database/database.js';
import { recordChange } from '../../database/record-change.js';
import type { ApiKey } from '../../generated/client.js';
import { hashApiKey, makeApiKey, prefixOfApiKey } from './api-key.js';
import type { ApiKeyRecord } from './api-key-record.js';
import { auditedApiKey, ofApiKey } from './audited-api-key.js';

/** Which keys somebody may look after. */
export interface KeyScope {
  /** Null: the platform. */
  tenantId: string | null;
  /** Only those that this user or key made; TypeID. Default: those of others too. */
  createdBy?: string | undefined;
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
       last_used_at AS "lastUsedAt", created_at AS "createdAt", created_by AS "createdBy"
FROM api_keys WHERE prefix = $1 AND revoked_at IS NULL`;

/** Creates, lists, finds and revokes API keys. */
export class ApiKeyRepository {
  constructor(private readonly db: Database) {}

  /** @returns the record and, this once, the key itself */
  async create(
    author: Author,
    { tenantId, name, permissions, expiresAt = null }: ApiKeyDraft,
  ): Promise<{ record: ApiKeyRecord; key: string }> {
    const { key, prefix, hash } = makeApiKey();
    const data = {
      id: uuidV7(),
      tenantId,
      name,
      prefix,
      hash: new Uint8Array(hash),
      permissions: [...permissions],
      expiresAt,
      createdBy: author.actor.id,
    };
    return asTenantOrPlatform(this.db, tenantId, async (tx) => {
      const record = toRecord(await tx.apiKey.create({ data }));
      const after = shownFields(auditedApiKey(record));
      await recordChange(tx, author, { ...ofApiKey(record), action: 'api_key.created', after });
      return { record, key };
    });
  }

  /**
   * Newest first, without revoked ones.
   *
   * @param before only keys with a smaller id
   */
  async list(
    { tenantId, createdBy }: KeyScope,
    page: { before?: string | undefined; limit: number },
  ): Promise<ApiKeyRecord[]> {
    const where = {
      tenantId,
      revokedAt: null,
      ...(createdBy !== undefined && { createdBy }),
      ...(page.before && { id: { lt: page.before } }),
    };
    const rows = await asTenantOrPlatform(this.db, tenantId, (tx) =>
      tx.apiKey.findMany({ where, orderBy: { id: 'desc' }, take: page.limit }),
    );
    return rows.map(toRecord);
  }

  /** @returns false when there is no such unrevoked key */
  async revoke(author: Author, { tenantId, createdBy }: KeyScope, id: string): Promise<boolean> {
    const where = { id, tenantId, revokedAt: null, ...(createdBy !== undefined && { createdBy }) };
    return asTenantOrPlatform(this.db, tenantId, async (tx) => {
      const data = { revokedAt: new Date() };
      const [row] = await tx.apiKey.updateManyAndReturn({ where, data });
      if (!row) return false;
      const record = toRecord(row);
      const before = shownFields(auditedApiKey(record));
      await recordChange(tx, author, { ...ofApiKey(record), action: 'api_key.revoked', before });
      return true;
    });
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
    createdBy: row.createdBy,
  };
}
