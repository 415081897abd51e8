import type { WebhookForSending } from '@schoolbell/delivery';
import { expect, it } from 'vitest';
import { WebhookCache } from './webhook-cache.js';

/** How many of these webhooks are still cached after all of them were read. */
async function rememberedOf(count: number, template: string | null, reads = 1): Promise<number> {
  const cache = new WebhookCache({
    webhooksForSending: async ([id]) => {
      const webhook: Partial<WebhookForSending> = {
        id: id!,
        tenantId: 't',
        filter: null,
        template,
      };
      return { readable: [webhook as WebhookForSending], unreadable: [] };
    },
  });
  const ids = Array.from({ length: count }, (_, n) => `${n}`);
  for (let read = 0; read < reads; read++) for (const id of ids) await cache.tenantsOf([id]);
  return ids.filter((id) => cache.tenantOf(id) !== undefined).length;
}

it('ten thousand webhooks are remembered', async () => {
  expect(await rememberedOf(10_001, null)).toBe(10_000);
});

it('fewer webhooks are remembered when their templates are large, however often they are read', async () => {
  const large = 'x'.repeat(16_384);
  expect(await rememberedOf(2_049, large)).toBe(2_048);
  expect(await rememberedOf(2_048, large, 2)).toBe(2_048);
});
