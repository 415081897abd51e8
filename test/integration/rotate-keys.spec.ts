import { randomBytes } from 'node:crypto';
import { toTypeId, uuidV7 } from '@schoolbell/ids';
import {
  openDatabase,
  PostgresDeliveryStore,
  requireEncryptionKeys,
  rotateKeys,
  SecretBox,
  WebhookRepository,
  WebhookSecretRepository,
  type Database,
} from '@schoolbell/persistence';
import type { Pool } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AN_AUTHOR, createDatabase, type TestDatabase } from '../support/index.js';

const OLD = randomBytes(32);
const NEW = randomBytes(32);
const old = new SecretBox([OLD]);
const [OLD_ID, NEW_ID] = [old.keyIds[0]!, new SecretBox([NEW]).keyIds[0]!];

describe('rotate-keys', () => {
  const tenantId = uuidV7();
  let database: TestDatabase;
  let db: Database;
  beforeEach(async () => {
    database = await createDatabase();
    await database.query(`INSERT INTO tenants (id, name) VALUES ($1, 'Acme')`, [tenantId]);
    db = openDatabase({ url: database.url, encryptionKeys: [NEW, OLD] });
  });
  afterEach(async () => {
    await db.close();
    await database.drop();
  });

  /** Adds webhooks encrypted with the old key, with a previous secret that still signs. @returns their ids */
  const addWebhooks = async (count: number): Promise<string[]> => {
    const rows = await database.query<{ id: string }>(
      `INSERT INTO webhooks (id, tenant_id, url, format, authentication, headers, secret, previous_secret,
         previous_secret_expires_at, client_certificate, timeout_seconds, retry_schedule, auto_pause_after, delivery, status,
         metadata, event_types)
       SELECT new_uuid_v7(), $1, 'https://lms.example.com/hook', 'allureconnect', $2, $3, $4, $5,
         now() + interval '1 day', $7, 10, '{30}', 5, '{"mode":"single"}', 'active', '{}', '{}'
       FROM generate_series(1, $6::integer) RETURNING id`,
      [
        tenantId,
        old.encrypt('{"type":"signature"}'),
        old.encrypt('{"X-Token":"t"}'),
        old.encrypt('whsec_current'),
        old.encrypt('whsec_previous'),
        count,
        old.encrypt('{"certificate":"c","key":"k"}'),
      ],
    );
    return rows.map(({ id }) => id);
  };
  const run = (with_: Pick<Database, 'maintenancePool' | 'secretBox'> = db) =>
    rotateKeys(with_, () => undefined);
  const readBy = async (key: Buffer, ids: string[]) => {
    const other = openDatabase({ url: database.url, encryptionKeys: [key] });
    return new PostgresDeliveryStore(other).webhooksForSending(ids).finally(() => other.close());
  };
  const rows = (ids: string[]) =>
    database.query<Record<string, unknown>>(
      'SELECT * FROM webhooks WHERE id = ANY ($1::uuid[]) ORDER BY id',
      [ids],
    );

  it('encrypts all secrets with the first key, so that the old one can go, and changes nothing else', async () => {
    const ids = await addWebhooks(250);
    const before = await rows(ids);
    expect(await run()).toEqual({ rotated: 250, unreadable: [], oldKeys: [] });
    const { readable, unreadable } = await readBy(NEW, ids);
    expect([readable.length, unreadable.length]).toEqual([250, 0]);
    expect(readable[0]).toMatchObject({
      secrets: { current: 'whsec_current', previous: 'whsec_previous' },
      authentication: { type: 'signature' },
      headers: { 'X-Token': 't' },
      identity: { client: { certificate: 'c', key: 'k' } },
    });
    const open = (row: Record<string, unknown>) => ({
      ...row,
      secret: 0,
      previous_secret: 0,
      authentication: 0,
      headers: 0,
      client_certificate: 0,
    });
    expect((await rows(ids)).map(open)).toEqual(before.map(open));
  });

  it('has nothing to do the second time', async () => {
    const ids = await addWebhooks(3);
    await run();
    const after = await rows(ids);
    expect(await run()).toEqual({ rotated: 0, unreadable: [], oldKeys: [] });
    expect(await rows(ids)).toEqual(after);
  });

  it('leaves nothing to an old key of deleted webhooks and of secrets that have ended', async () => {
    const ids = await addWebhooks(2);
    await database.query('UPDATE webhooks SET deleted_at = now() WHERE id = $1', [ids[0]]);
    await database.query('UPDATE webhooks SET previous_secret_expires_at = now() WHERE id = $1', [
      ids[1],
    ]);
    expect(await run()).toMatchObject({ rotated: 2, oldKeys: [] });
    expect(JSON.stringify(await rows(ids))).not.toContain(OLD_ID);
  });

  it('encrypts second factors and links of users too, and tells who needs an old key', async () => {
    const [user] = await database.query<{ id: string }>(
      `INSERT INTO users (id, tenant_id, email, name, role, totp_secret)
       VALUES (new_uuid_v7(), $1, 'ada@example.com', 'Ada', 'owner', $2) RETURNING id`,
      [tenantId, old.encrypt('JBSWY3DP')],
    );
    const addLink = (sealedToken: string, hours: number) =>
      database.query(
        `INSERT INTO user_tokens (id, user_id, tenant_id, purpose, hash, sealed_token, expires_at)
         VALUES (new_uuid_v7(), $1, $2, 'invitation', sha256(convert_to($3, 'UTF8')), $3, now() + $4 * interval '1 hour')`,
        [user!.id, tenantId, sealedToken, hours],
      );
    await addLink(old.encrypt('token'), 1);
    await addLink(old.encrypt('damaged').slice(0, -6), -1);
    await expect(
      requireEncryptionKeys({ url: database.url, encryptionKeys: [NEW] }),
    ).rejects.toThrow(OLD_ID);
    expect(await run()).toEqual({ rotated: 2, unreadable: [], oldKeys: [] });
    await requireEncryptionKeys({ url: database.url, encryptionKeys: [NEW] });
    const [after] = await database.query<{ totp: string; token: string }>(
      `SELECT u.totp_secret AS totp, k.sealed_token AS token
       FROM users u JOIN user_tokens k ON k.user_id = u.id WHERE k.expires_at > now()`,
    );
    const box = new SecretBox([NEW]);
    expect([box.decrypt(after!.totp), box.decrypt(after!.token)]).toEqual(['JBSWY3DP', 'token']);

    await database.query('UPDATE users SET totp_secret = $1', [old.encrypt('x').slice(0, -6)]);
    const { unreadable, oldKeys } = await run();
    const ownerId = toTypeId('user', user!.id);
    expect(unreadable).toEqual([{ ownerId, reason: expect.stringMatching(/^totp_secret: /) }]);
    expect(oldKeys).toEqual([{ id: OLD_ID, webhooks: 0, users: 1 }]);
  });

  it('undoes no change that somebody makes at the same moment', async () => {
    const [id] = await addWebhooks(1);
    const theirs = openDatabase({ url: database.url, encryptionKeys: [OLD, NEW] });
    /** A PATCH and a new secret, by an API that still encrypts with the old key, right after they were read. */
    const changeOnce = async (): Promise<void> => {
      if (changed) return;
      changed = true;
      const headers = { 'X-Token': 'theirs' };
      const webhook = { tenantId, id: id!, version: 1 };
      await new WebhookRepository(theirs).update(AN_AUTHOR, webhook, { settings: { headers } });
      const previousExpiresAt = new Date(Date.now() + 60_000);
      const rotation = { secret: 'whsec_theirs', publicKey: null, previousExpiresAt };
      await new WebhookSecretRepository(theirs).rotate(AN_AUTHOR, tenantId, id!, rotation);
    };
    let changed = false;
    const pool = {
      query: async (text: string, values: unknown[]) => {
        const result = await db.maintenancePool.query(text, values);
        if (text.includes('LIMIT')) await changeOnce();
        return result;
      },
    } as unknown as Pool;
    expect(await run({ maintenancePool: pool, secretBox: db.secretBox })).toMatchObject({
      unreadable: [],
      oldKeys: [],
    });
    await theirs.close();
    expect((await readBy(NEW, [id!])).readable).toMatchObject([
      {
        secrets: { current: 'whsec_theirs', previous: 'whsec_current' },
        headers: { 'X-Token': 'theirs' },
        authentication: { type: 'signature' },
      },
    ]);
  });

  it('does not wait for a webhook that somebody has locked, holds up no other, and comes back to it', async () => {
    const ids = await addWebhooks(3);
    const client = await db.intakePool.connect();
    await client.query('BEGIN');
    await client.query('SELECT FROM webhooks WHERE id = $1 FOR UPDATE', [ids[1]]);
    let done = 0;
    const rotation = await rotateKeys(db, async (rotated) => {
      done = rotated;
      if (done === 2) await client.query('COMMIT');
    });
    client.release();
    expect(rotation).toEqual({ rotated: 3, unreadable: [], oldKeys: [] });
  });

  it('lists what is damaged, leaves it alone, and does all the others', async () => {
    const ids = await addWebhooks(3);
    const damaged = (old.encrypt('whsec_current') as string).slice(0, -6);
    await database.query('UPDATE webhooks SET secret = $2 WHERE id = $1', [ids[1], damaged]);
    const { rotated, unreadable, oldKeys } = await run();
    expect(unreadable).toEqual([
      {
        ownerId: toTypeId('webhook', ids[1]!),
        reason: expect.stringMatching(/^secret: .*cut or changed/),
      },
    ]);
    expect(oldKeys).toEqual([{ id: OLD_ID, webhooks: 1, users: 0 }]);
    expect(rotated).toBe(3);
    const [row] = await rows([ids[1]!]);
    expect(row!.secret).toBe(damaged);
    expect(row!.headers).toContain(`v1:${NEW_ID}:`);
    expect((await readBy(NEW, ids)).readable).toHaveLength(2);
  });
});
