import { fromTypeId, toTypeId, uuidV7 } from '@schoolbell/ids';
import { PERMISSIONS, TENANT_PERMISSIONS } from '@schoolbell/identity';
import { makeApiKey } from '@schoolbell/persistence';
import type { TestDatabase } from './create-database.js';

export interface SeededTenant {
  /** TypeID. */
  tenantId: string;
  /** Plain UUID. */
  tenantUuid: string;
  tenantKey: string;
}

type Queryable = Pick<TestDatabase, 'query'>;

/** Adds a tenant with a key that may do everything that a tenant may. */
export async function seedTenant(
  database: Queryable,
  name = 'Acme Learning',
): Promise<SeededTenant> {
  const tenantUuid = uuidV7();
  await database.query('INSERT INTO tenants (id, name) VALUES ($1, $2)', [tenantUuid, name]);
  const tenantKey = await seedKey(database, { tenantUuid });
  return { tenantId: toTypeId('tenant', tenantUuid), tenantUuid, tenantKey };
}

/**
 * Adds an API key; without a tenant, it is the platform's.
 *
 * @returns the key in plain text
 */
export async function seedKey(
  database: Queryable,
  options: { tenantUuid?: string; permissions?: readonly string[] } = {},
): Promise<string> {
  const { key, prefix, hash } = makeApiKey();
  await database.query(
    `INSERT INTO api_keys (id, tenant_id, name, prefix, hash, permissions)
     VALUES ($1, $2, 'test', $3, $4, $5)`,
    [
      uuidV7(),
      options.tenantUuid ?? null,
      prefix,
      hash,
      options.permissions ?? (options.tenantUuid ? TENANT_PERMISSIONS : PERMISSIONS),
    ],
  );
  return key;
}

/** The facts of an e-mail about a paused webhook, without the webhook's id. */
export const MAIL_FACTS = {
  description: 'Completions for HR',
  url: 'https://hr.example.com/hooks',
  reason: 'gone',
  failures: 1,
  lastError: null,
};

/**
 * Adds an e-mail that waits to be sent.
 *
 * @returns its UUID
 */
export async function seedMail(
  database: Queryable,
  mail: { tenantUuid: string; recipient: string; facts?: object },
): Promise<string> {
  const { tenantUuid, recipient, facts = { ...MAIL_FACTS, webhookId: uuidV7() } } = mail;
  const [row] = await database.query<{ id: string }>(
    `INSERT INTO mails (id, tenant_id, kind, recipient, facts)
     VALUES (new_uuid_v7(), $1, 'webhook.paused', $2, $3) RETURNING id`,
    [tenantUuid, recipient, facts],
  );
  return row!.id;
}

/** Adds webhooks of a tenant that want all its events. Their secrets cannot be read, so nothing can be sent to them. */
export async function seedWebhooks(
  database: Queryable,
  tenantUuid: string,
  count: number,
): Promise<void> {
  await database.query(
    `INSERT INTO webhooks (id, tenant_id, url, event_types, format, authentication, headers, secret,
       timeout_seconds, retry_schedule, auto_pause_after, delivery, metadata, status)
     SELECT new_uuid_v7(), $1, 'https://receiver.example/hook', '{*}', 'allureconnect', '', '', '',
       10, '{30}', 5, '{}', '{}', 'active'
     FROM generate_series(1, $2::integer)`,
    [tenantUuid, count],
  );
}

/**
 * Adds copies of a webhook, with its tenant, settings and secrets: a fraction of what registering each of them takes.
 *
 * @param id TypeID
 */
export async function copyWebhook(database: Queryable, id: string, copies: number): Promise<void> {
  await database.query(
    `INSERT INTO webhooks SELECT (jsonb_populate_record(w, jsonb_build_object('id', new_uuid_v7()))).*
     FROM webhooks w, generate_series(1, $2::integer) WHERE w.id = $1`,
    [fromTypeId('webhook', id), copies],
  );
}
