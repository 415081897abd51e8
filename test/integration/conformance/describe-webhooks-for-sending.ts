import { uuidV7 } from '@schoolbell/ids';
import { describe, expect } from 'vitest';
import type { ConformanceTest } from './conformance-test.js';

export function describeWebhooksForSending(it: ConformanceTest): void {
  describe('the settings that sending needs', () => {
    it('come with their secrets in the clear, and not those of deleted webhooks', async ({
      adapter,
    }) => {
      const [webhookId, deleted] = [await adapter.addWebhook(), await adapter.addWebhook()];
      await adapter.fixtures.deleteWebhook(deleted);
      const found = await adapter.store.webhooksForSending([webhookId, deleted, uuidV7()]);
      expect(found).toMatchObject({
        readable: [
          {
            id: webhookId,
            tenantId: adapter.fixtures.tenantId,
            version: 1,
            url: adapter.url,
            format: 'allureconnect',
            authentication: { type: 'signature' },
            headers: {},
            secrets: { current: 'whsec_secret' },
            timeoutSeconds: 10,
            retrySchedule: [30, 120],
          },
        ],
        unreadable: [],
      });
    });

    it('have the certificate and the CA of a webhook, by an id that a change of it changes', async ({
      adapter,
    }) => {
      const { fixtures, store } = adapter;
      const [plain, own] = [await adapter.addWebhook(), await adapter.addWebhook()];
      const client = { certificate: 'c', key: 'k' };
      await fixtures.sql(`UPDATE webhooks SET client_certificate = $2, ca = 'a' WHERE id = $1`, [
        own,
        fixtures.db.secretBox.encrypt(JSON.stringify(client)),
      ]);
      const identityOf = async (id: string) =>
        (await store.webhooksForSending([id])).readable[0]!.identity;
      expect(await identityOf(plain)).toBeUndefined();
      const before = await identityOf(own);
      expect(before).toEqual({ id: expect.stringContaining(own), client, ca: 'a' });
      await fixtures.sql('UPDATE webhooks SET version = version + 1 WHERE id = $1', [own]);
      expect((await identityOf(own))!.id).not.toBe(before!.id);
    });

    it('of a webhook whose secrets cannot be read come apart, with an error to show', async ({
      adapter,
    }) => {
      const [whole, damaged] = [await adapter.addWebhook(), await adapter.addWebhook()];
      await adapter.fixtures.sql(`UPDATE webhooks SET secret = 'v1:00000000:AAAA' WHERE id = $1`, [
        damaged,
      ]);
      const found = await adapter.store.webhooksForSending([damaged, whole]);
      expect(found.readable).toMatchObject([{ id: whole }]);
      expect(found.unreadable).toMatchObject([
        { id: damaged, url: adapter.url, error: { code: 'unsendable' } },
      ]);
      expect(found.unreadable[0]!.error.message).toContain('secrets cannot be read');
      expect(JSON.stringify(found.unreadable)).not.toContain('AAAA');
    });
  });
}
