import { PostgresMailStore, CertificateWarnings, WebhookRepository } from '@schoolbell/persistence';
import { renderMail } from '@schoolbell/notices';
import { type WebhookSettings } from '@schoolbell/delivery';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AN_AUTHOR } from '../support/index.js';
import { DeliveryFixtures } from './delivery-fixtures.js';

const OWNERS = ['one@example.com', 'other@example.com'];

describe('owners of a webhook whose client certificate ends soon', () => {
  let fixtures: DeliveryFixtures;
  let warnings: CertificateWarnings;
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
    warnings = new CertificateWarnings(fixtures.db);
    await fixtures.sql('UPDATE tenants SET notification_emails = $1', [OWNERS]);
  });
  afterAll(() => fixtures.close());
  beforeEach(() => fixtures.sql('TRUNCATE webhooks, mails CASCADE'));

  /** @returns the webhook's id */
  const addExpiringIn = async (days: number): Promise<string> => {
    const id = await fixtures.addWebhook();
    await expireIn(id, days);
    return id;
  };
  const expireIn = (id: string, days: number) =>
    fixtures.sql(
      `UPDATE webhooks SET certificate_expires_at = now() + $2 * interval '1 day',
         client_certificate = 'c', url = 'https://lms.example.com/hook?key=hunter2' WHERE id = $1`,
      [id, days],
    );
  const warn = async () => (await warnings.next()).warned.map(({ webhookId }) => webhookId);
  const mails = () => fixtures.sql('SELECT * FROM mails ORDER BY id');

  it('are told once within 30 days, and once within 7', async () => {
    const [soon] = [await addExpiringIn(29), await addExpiringIn(31), await fixtures.addWebhook()];
    expect([await warn(), await warn()]).toEqual([[soon], []]);
    await expireIn(soon, 7.5);
    expect(await warn()).toEqual([]);
    await expireIn(soon, 6.9);
    expect([await warn(), await warn()]).toEqual([[soon], []]);
    await expireIn(soon, -1);
    expect(await warn()).toEqual([]);
    expect((await mails()).map(({ kind, recipient }) => [kind, recipient])).toEqual(
      [...OWNERS, ...OWNERS].map((owner) => ['webhook.certificate_expiring', owner]),
    );
  });

  it('are told once of one that ends within 7 days when it is set', async () => {
    const id = await addExpiringIn(2);
    expect([await warn(), await warn()]).toEqual([[id], []]);
  });

  it('are told again of a new certificate, and never of one that was taken away', async () => {
    const id = await addExpiringIn(20);
    await warn();
    const webhooks = new WebhookRepository(fixtures.db);
    const notAfterDate = new Date(Date.now() + 10 * 86_400_000);
    const { cert, private: key } = await generate(undefined, { notAfterDate });
    const clientCertificate = { certificate: cert, key };
    const { tenantId } = fixtures;
    const change = (version: number, settings: Partial<WebhookSettings>) =>
      webhooks.update(AN_AUTHOR, { tenantId, id, version }, { settings });
    const set = await change(1, { clientCertificate });
    expect(set).toMatchObject({ clientCertificate, certificateExpiresAt: expect.any(Date) });
    expect([await warn(), await warn()]).toEqual([[id], []]);
    const gone = await change(2, { clientCertificate: null });
    expect(gone).toMatchObject({ clientCertificate: null, certificateExpiresAt: null });
    await fixtures.deleteWebhook(await addExpiringIn(1));
    expect(await warn()).toEqual([]);
  });

  it('are told by one dispatcher when several look at once', async () => {
    const ids = [await addExpiringIn(5), await addExpiringIn(25)];
    const warned = await Promise.all([warn(), warn(), warn(), warn()]);
    expect(warned.flat().toSorted()).toEqual(ids.toSorted());
  });

  it('read which webhook it is, when it ends and what to do, and no secret of its URL', async () => {
    await addExpiringIn(6.5);
    await warn();
    const store = new PostgresMailStore(fixtures.db);
    const [due] = await store.due(1);
    const { subject, text } = renderMail((await store.claim(due!.id, 60))!, undefined);
    expect(subject).toBe('Client certificate expires in 6 days: lms.example.com');
    expect(text).toMatch(/PATCH \/v1\/webhooks\/wh_/);
    expect(text).not.toContain('hunter2');
  });
});
