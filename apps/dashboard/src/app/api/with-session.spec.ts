import { describe, expect, it } from 'vitest';
import { withSession } from './with-session.ts';

const URL_ = 'http://schoolbell.test/v1/webhooks';

/** One user's page, an API that takes the tokens in `good` only, and what was sent to it. */
function page(good: string[], session: { token?: string; next?: string; nextHolder?: string }) {
  const sent: Request[] = [];
  const state = {
    holder: 'ada' as string | undefined,
    accessToken: async () => session.token,
    renew: async () => {
      state.holder = session.nextHolder ?? state.holder;
      return session.next;
    },
  };
  const send: typeof fetch = async (input) => {
    const request = input as Request;
    sent.push(request);
    const token = request.headers.get('authorization')?.slice('Bearer '.length);
    return new Response(await request.text(), { status: good.includes(token ?? '') ? 200 : 401 });
  };
  return { call: withSession({ session: state, tenantId: () => 'ten_1', send }), sent };
}

describe('a call', () => {
  it('whose token was refused is made again with the next one, with its body and tenant', async () => {
    const { call, sent } = page(['t2'], { token: 't1', next: 't2' });
    const response = await call(URL_, { method: 'POST', body: 'a webhook' });
    expect([response.status, await response.text()]).toEqual([200, 'a webhook']);
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer t1',
      'Bearer t2',
    ]);
    expect(sent[1]!.headers.get('x-tenant-id')).toBe('ten_1');
  });

  it('that names a tenant itself means that one', async () => {
    const { call, sent } = page(['t1'], { token: 't1' });
    await call(URL_, { headers: { 'X-Tenant-Id': 'ten_2' } });
    expect(sent[0]!.headers.get('x-tenant-id')).toBe('ten_2');
  });

  it('that a fresh token does not help is made twice and no more', async () => {
    const { call, sent } = page([], { token: 't1', next: 't2' });
    expect((await call(URL_)).status).toBe(401);
    expect(sent).toHaveLength(2);
  });

  it('is not made for nobody', async () => {
    const { call, sent } = page(['t1'], {});
    await expect(call(URL_)).rejects.toMatchObject({ status: 401 });
    expect(sent).toEqual([]);
  });

  it('of one person is never made in the name of another', async () => {
    const { call, sent } = page(['t2'], { token: 't1', next: 't2', nextHolder: 'grace' });
    await expect(call(URL_, { method: 'DELETE' })).rejects.toThrow('Somebody else');
    expect(sent).toHaveLength(1);
  });

  it('for signing in has no token, and its 401 is its answer', async () => {
    const { call, sent } = page([], { token: 't1', next: 't2' });
    expect((await call('http://schoolbell.test/v1/auth/login', { method: 'POST' })).status).toBe(
      401,
    );
    expect(sent[0]!.headers.get('authorization')).toBeNull();
    expect(sent).toHaveLength(1);
  });
});
