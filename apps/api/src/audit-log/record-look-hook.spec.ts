import { ROLE_PERMISSIONS } from '@schoolbell/identity';
import { toTypeId } from '@schoolbell/ids';
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import type { Principal } from '../auth/principal.js';
import { recordLookHook } from './record-look-hook.js';

const ID = '01931f6e-5a00-7c3a-9b9c-e97a9a721300';

const support: Principal = {
  kind: 'user',
  id: ID,
  name: 'support@example.com',
  tenantId: null,
  permissions: new Set(ROLE_PERMISSIONS.platform_support),
  role: 'platform_support',
  sessionId: ID,
  mustEnrol: false,
};

function setUp(principal: Principal, tenantId: string | null = ID) {
  const looks: string[] = [];
  const clock = { now: 1_000_000 };
  const store = {
    failing: false,
    recordLook: async (
      ...[{ actor }, tenant, path]: [{ actor: { name: string } }, string | null, string]
    ) => {
      if (store.failing) throw new Error('away');
      looks.push(`${actor.name} ${tenant} ${path}`);
    },
  };
  const server = Fastify();
  server.addHook('onRequest', async (request) => Object.assign(request, { principal, tenantId }));
  server.addHook(
    'preHandler',
    recordLookHook(store, () => clock.now),
  );
  const access = { permission: 'any', tenant: 'optional' } as const;
  for (const url of ['/v1/deliveries/:id', '/v1/tenants', '/v1/tenants/:id', '/v1/mails']) {
    server.all(url, { config: { access } }, async () => 'shown');
  }
  server.get('/v1/me', { config: { access: { ...access, tenant: 'none' } } }, async () => 'me');
  return { looks, clock, store, server };
}

describe('what a user of the platform looks at', () => {
  it('is in the audit log of the tenant, once a minute', async () => {
    const { looks, clock, server } = setUp(support);
    await server.inject('/v1/deliveries/dlv_1?q=learner');
    await server.inject('/v1/deliveries/dlv_1');
    expect(looks).toEqual([`support@example.com ${ID} /v1/deliveries/dlv_1`]);
    clock.now += 60_000;
    await server.inject('/v1/deliveries/dlv_1');
    await server.inject('/v1/deliveries/dlv_2');
    expect(looks).toHaveLength(3);
  });

  it('is in the log of the platform where it is of all tenants at once, and nowhere where it is of none', async () => {
    const { looks, server } = setUp(support, null);
    for (const url of ['/v1/mails', '/v1/tenants', '/v1/me']) await server.inject(url);
    expect(looks).toEqual([
      'support@example.com null /v1/mails',
      'support@example.com null /v1/tenants',
    ]);
  });

  it('is the tenant itself too, which the path names', async () => {
    const { looks, server } = setUp(support, null);
    const id = toTypeId('tenant', ID);
    await server.inject(`/v1/tenants/${id}`);
    await server.inject('/v1/tenants/nonsense');
    expect(looks).toEqual([`support@example.com ${ID} /v1/tenants/${id}`]);
  });

  it('is not shown when that cannot be written down', async () => {
    const { store, server } = setUp(support);
    store.failing = true;
    expect((await server.inject('/v1/deliveries/dlv_1')).statusCode).toBe(500);
    store.failing = false;
    expect((await server.inject('/v1/deliveries/dlv_1')).body).toBe('shown');
  });

  it('is nobody else’s matter: keys, users of a tenant, and changes, which have entries of their own', async () => {
    for (const principal of [
      { ...support, tenantId: ID },
      { ...support, kind: 'api_key' } as unknown as Principal,
    ]) {
      const { looks, server } = setUp(principal);
      await server.inject('/v1/deliveries/dlv_1');
      expect(looks).toEqual([]);
    }
    const { looks, server } = setUp(support);
    await server.inject({ method: 'POST', url: '/v1/deliveries/dlv_1' });
    expect(looks).toEqual([]);
  });
});
