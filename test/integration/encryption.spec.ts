import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { uuidV7 } from '@schoolbell/ids';
import {
  openDatabase,
  PostgresDeliveryStore,
  requireEncryptionKeys,
  SecretBox,
  WebhookRepository,
  type Database,
} from '@schoolbell/persistence';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AN_AUTHOR, createDatabase, type TestDatabase } from '../support/index.js';

const OLD_KEY = randomBytes(32);
const NEW_KEY = randomBytes(32);
const SECRETS = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  password: 'correct-horse-battery-staple',
  header: 'tok_live_4242424242',
  clientKey: 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC',
};
const { cert } = await generate([{ name: 'commonName', value: 'lms' }]);

describe('the secrets of a webhook, to somebody who stole the database', () => {
  const tenantId = uuidV7();
  let database: TestDatabase;
  let webhookId: string;
  beforeAll(async () => {
    database = await createDatabase();
    await database.query(`INSERT INTO tenants (id, name) VALUES ($1, 'Acme')`, [tenantId]);
    webhookId = await withKeys([OLD_KEY], registerWebhook);
  });
  afterAll(() => database.drop());

  const withKeys = async <T>(keys: Buffer[], work: (db: Database) => Promise<T>): Promise<T> => {
    const db = openDatabase({ url: database.url, encryptionKeys: keys });
    return work(db).finally(() => db.close());
  };

  const registerWebhook = async (db: Database): Promise<string> => {
    const creation = await new WebhookRepository(db).create(AN_AUTHOR, tenantId, {
      url: 'https://lms.example.com/hook',
      description: '',
      eventTypes: ['*'],
      packageIds: [],
      dispatchIds: [],
      everyEvent: false,
      format: 'allureconnect',
      formatSettings: {},
      filter: null,
      template: null,
      authentication: { type: 'basic', username: 'lms', password: SECRETS.password },
      clientCertificate: { certificate: cert, key: SECRETS.clientKey },
      ca: null,
      headers: { 'X-Api-Token': SECRETS.header },
      timeoutSeconds: 10,
      retrySchedule: [30],
      rateLimit: null,
      fallbackUrl: null,
      autoPauseAfter: 5,
      delivery: { mode: 'single' },
      ordering: 'none',
      tracing: false,
      metadata: {},
      secret: SECRETS.secret,
      publicKey: null,
      status: 'active',
    });
    if (creation.kind !== 'created') throw new Error(creation.kind);
    return creation.webhook.id;
  };

  const forSending = (keys: Buffer[]) =>
    withKeys(keys, (db) => new PostgresDeliveryStore(db).webhooksForSending([webhookId]));

  it('are nowhere in its rows, neither as they are nor in base64 or hex', async () => {
    const [row] = await database.query<{ text: string }>('SELECT w::text AS text FROM webhooks w');
    expect(row!.text).toContain('https://lms.example.com/hook');
    for (const secret of Object.values(SECRETS)) {
      const bytes = Buffer.from(secret);
      for (const form of [secret, bytes.toString('base64url'), bytes.toString('hex')]) {
        expect(row!.text).not.toContain(form.replaceAll('=', ''));
      }
    }
  });

  it('are read by the dispatcher, also after a new encryption key was put before the old', async () => {
    for (const keys of [[OLD_KEY], [NEW_KEY, OLD_KEY]]) {
      expect((await forSending(keys)).readable).toMatchObject([
        {
          id: webhookId,
          secrets: { current: SECRETS.secret },
          authentication: { password: SECRETS.password },
          headers: { 'X-Api-Token': SECRETS.header },
          identity: { client: { certificate: cert, key: SECRETS.clientKey } },
        },
      ]);
    }
  });

  it('cannot be read with another key, and the operator is told which one is missing', async () => {
    const { readable, unreadable } = await forSending([NEW_KEY]);
    expect(readable).toEqual([]);
    expect(unreadable[0]!.error.internal).toMatch(/the key [0-9a-f]{8}, which is not in/);
    expect(unreadable[0]!.error.message).not.toMatch(/[0-9a-f]{8}/);
  });

  it('are read without the key of a previous secret whose overlap has ended', async () => {
    const oldSecret = new SecretBox([OLD_KEY]).encrypt('whsec_old');
    await withKeys([NEW_KEY], async (db) => {
      const id = await registerWebhook(db);
      const rotated = (overlap: string) =>
        database.query(
          `UPDATE webhooks SET previous_secret = $2, previous_secret_expires_at = now() + $3::interval
           WHERE id = $1`,
          [id, oldSecret, overlap],
        );
      const webhooks = () => new PostgresDeliveryStore(db).webhooksForSending([id]);
      await rotated('1 hour');
      expect((await webhooks()).unreadable).toMatchObject([{ id }]);
      await rotated('-1 second');
      expect((await webhooks()).readable).toMatchObject([{ id, secrets: { previous: undefined } }]);
      await database.query('DELETE FROM webhooks WHERE id = $1', [id]);
    });
  });

  describe('are looked at when a process starts', () => {
    const start = (...encryptionKeys: Buffer[]) =>
      requireEncryptionKeys({ url: database.url, encryptionKeys });
    const keyIdOf = (key: Buffer) => new SecretBox([key]).keyIds[0]!;

    it('which goes on when all of them can be read, also by an older key', async () => {
      await start(OLD_KEY);
      await start(NEW_KEY, OLD_KEY);
    });

    it('which says what key is missing, and what there is', async () => {
      const refused = await start(NEW_KEY).catch((error: unknown) => error);
      expect(refused).toMatchObject({
        code: 'encryption_keys_missing',
        keyIds: [keyIdOf(OLD_KEY)],
        message: expect.stringContaining(keyIdOf(NEW_KEY)),
      });
    });

    it('but for those of deleted webhooks, and damaged ones', async () => {
      for (const change of [
        'deleted_at = now()',
        `secret = 'v1:nobody:AAAA', authentication = '', headers = '',
           client_certificate = ''`,
      ]) {
        await database.query('CREATE TABLE kept AS SELECT * FROM webhooks');
        await database.query(`UPDATE webhooks SET ${change}`);
        await start(NEW_KEY);
        await database.query('DELETE FROM webhooks');
        await database.query('INSERT INTO webhooks SELECT * FROM kept');
        await database.query('DROP TABLE kept');
      }
      await expect(start(NEW_KEY)).rejects.toThrow();
    });

    it('which goes on after what docs/operating/keys.md says of a lost key', async () => {
      const book = await readFile(new URL('../../docs/operating/keys.md', import.meta.url), 'utf8');
      const [, recipe] = /```sql\n(UPDATE webhooks SET deleted_at.*?)```/s.exec(book)!;
      const rotated = await withKeys([NEW_KEY], registerWebhook);
      await database.query(
        `UPDATE webhooks SET previous_secret = $2, previous_secret_expires_at = now() + interval '1 day'
         WHERE id = $1`,
        [rotated, new SecretBox([OLD_KEY]).encrypt('whsec_old')],
      );
      await database.query(recipe!.replaceAll('<key id>', keyIdOf(OLD_KEY)));
      await start(NEW_KEY);
      const left = await database.query('SELECT id FROM webhooks WHERE deleted_at IS NULL');
      expect(left).toEqual([{ id: rotated }]);
    });
  });
});
