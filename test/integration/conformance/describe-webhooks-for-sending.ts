import { uuidV7 } from '@schoolbell/delivery';
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
