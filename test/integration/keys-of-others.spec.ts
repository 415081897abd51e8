import { toTypeId, uuidV7 } from '@schoolbell/ids';
import { ApiKeyRepository } from '@schoolbell/persistence';
import { expect } from 'vitest';
import { AN_AUTHOR, seedTenant } from '../support/index.js';
import { deliveryTest } from './delivery-fixtures.js';

deliveryTest(
  'whoever looks after their own keys neither sees nor revokes others',
  async ({ fixtures }) => {
    const keys = new ApiKeyRepository(fixtures.db);
    const { tenantUuid: tenantId } = await seedTenant({
      query: (sql, values) => fixtures.sql(sql, values as unknown[]),
    });
    const id = toTypeId('user', uuidV7());
    const developer = {
      ...AN_AUTHOR,
      actor: { kind: 'user', id, name: 'dev@example.com' },
    } as const;
    const draft = { tenantId, name: 'a key', permissions: ['events:read'] } as const;
    const own = (await keys.create(developer, draft)).record;
    const theirs = (await keys.create(AN_AUTHOR, draft)).record;
    const scope = { tenantId, createdBy: id };
    expect(await keys.list(scope, { limit: 10 })).toEqual([own]);
    expect(await keys.list({ tenantId }, { limit: 10 })).toHaveLength(3);
    expect(await keys.revoke(developer, scope, theirs.id)).toBe(false);
    expect(await keys.revoke(developer, scope, own.id)).toBe(true);
    expect(await keys.list(scope, { limit: 10 })).toEqual([]);
  },
);
