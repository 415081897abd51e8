import { randomBytes, randomUUID } from 'node:crypto';
import type { LiveSession } from '@schoolbell/persistence';
import { describe, expect, it } from 'vitest';
import { AccessTokens } from './access-tokens.js';
import { UserAuthenticator } from './user-authenticator.js';

const USER = '019a8c2e-5d1b-7e0a-9c3f-4b6d8e2f1a70';
const SESSION = '019a8c2e-5d1b-7e0a-9c3f-4b6d8e2f1a71';

/** A store with one session, which counts how often it is asked. */
class OneSession {
  asked = 0;
  presented: number[] = [];
  gate: Promise<void> = Promise.resolve();
  session: LiveSession | undefined = {
    id: SESSION,
    userId: USER,
    tenantId: null,
    email: 'ada@example.com',
    role: 'platform_support',
    mustEnrol: false,
    tokenNumber: 3,
    presented: false,
    expiresAt: new Date(9_000_000_000_000),
  };

  async find(): Promise<LiveSession | undefined> {
    this.asked += 1;
    const found = this.session && { ...this.session };
    await this.gate;
    return found;
  }

  async notePresented(_id: string, number: number): Promise<void> {
    this.presented.push(number);
  }
}

const setUp = () => {
  const store = new OneSession();
  const clock = { now: 1_000_000 };
  const tokens = new AccessTokens(randomBytes(32));
  const users = new UserAuthenticator(tokens, store, () => clock.now);
  const bearing = (refreshNumber = 3, userId = USER) => {
    const user = { id: userId, tenantId: null, email: 'ada@example.com', role: 'platform_support' };
    const token = tokens.sign({ user: user as never, sessionId: SESSION, refreshNumber });
    return users.authenticate({ authorization: `Bearer ${token}` });
  };
  return { store, clock, users, bearing };
};

describe('a session', () => {
  it('is looked up once in five seconds, however many requests come', async () => {
    const { store, clock, bearing } = setUp();
    await Promise.all([bearing(), bearing(), bearing()]);
    clock.now += 4_999;
    expect(bearing()).toMatchObject({ id: USER, sessionId: SESSION, name: 'ada@example.com' });
    expect(store.asked).toBe(1);
    clock.now += 1;
    expect(await bearing()).toMatchObject({ role: 'platform_support' });
    expect(store.asked).toBe(2);
  });

  it('has the role that its user has now, whatever the token says', async () => {
    const { store, clock, bearing } = setUp();
    await bearing();
    store.session!.role = 'platform_admin';
    clock.now += 5_000;
    const admin = await bearing();
    expect(admin).toMatchObject({ role: 'platform_admin' });
    expect(admin!.permissions.has('platform')).toBe(true);
  });

  it('of a tenant’s role without a tenant, or of a role that is not known, may do nothing', async () => {
    for (const role of ['owner', 'emperor']) {
      const { store, bearing } = setUp();
      store.session!.role = role as never;
      expect((await bearing())!.permissions.size).toBe(0);
    }
  });

  it('that is over is refused within five seconds, and at once where it was ended', async () => {
    const { store, clock, users, bearing } = setUp();
    await bearing();
    store.session = undefined;
    expect(bearing()).toBeDefined();
    users.forgetAll();
    expect(await bearing()).toBeUndefined();

    const other = setUp();
    await other.bearing();
    other.store.session = undefined;
    other.clock.now += 5_000;
    expect(await other.bearing()).toBeUndefined();
    expect(clock.now).toBe(1_000_000);
  });

  it('is forgotten by itself where it alone was ended', async () => {
    const { store, users, bearing } = setUp();
    await bearing();
    users.forget(randomUUID());
    await bearing();
    expect(store.asked).toBe(1);
    users.forget(SESSION);
    await bearing();
    expect(store.asked).toBe(2);
  });

  it.each([
    ['alone', (users: UserAuthenticator) => users.forget(SESSION)],
    ['with all', (users: UserAuthenticator) => users.forgetAll()],
  ])(
    'that was ended %s is not believed since an older look-up ends later',
    async (_how, forget) => {
      const { store, users, bearing } = setUp();
      const { promise, resolve: answer } = Promise.withResolvers<void>();
      store.gate = promise;
      const early = bearing();
      store.session = undefined;
      forget(users);
      answer();
      await early;
      expect(await bearing()).toBeUndefined();
    },
  );

  it('ends on the millisecond, and is not believed longer because the clock was put back', async () => {
    const { store, clock, bearing } = setUp();
    store.session!.expiresAt = new Date(clock.now + 10);
    expect(await bearing()).toBeDefined();
    clock.now += 10;
    expect(bearing()).toBeUndefined();
    clock.now -= 3_600_000;
    expect(bearing()).toBeInstanceOf(Promise);
  });

  it('of another user is nothing to the token', async () => {
    const { bearing } = setUp();
    expect(await bearing(3, '019a8c2e-5d1b-7e0a-9c3f-4b6d8e2f1a72')).toBeUndefined();
  });

  it('has its refresh token noted as received with the first access token that came with it', async () => {
    const { store, bearing } = setUp();
    await bearing(2);
    expect(store.presented).toEqual([]);
    await bearing(3);
    await bearing(3);
    await bearing(4);
    expect(store.presented).toEqual([3, 4]);
  });
});
