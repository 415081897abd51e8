import type { ApiKeyRecord, ApiKeyRepository } from '@schoolbell/persistence';
import { describe, expect, it } from 'vitest';
import { ApiKeyAuthenticator } from './api-key-authenticator.js';

/** A store of one key that counts how often it is asked, and can answer late. */
class OneKey {
  asked = 0;
  record: ApiKeyRecord | undefined = {
    id: '0193',
    tenantId: null,
    name: 'one',
    prefix: 'p',
    permissions: ['events:write'],
    expiresAt: null,
    lastUsedAt: null,
    createdAt: new Date(0),
  };
  gate: Promise<void> = Promise.resolve();

  async findByKey(key: string): Promise<ApiKeyRecord | undefined> {
    this.asked += 1;
    const found = key === 'right' ? this.record : undefined;
    await this.gate;
    return found;
  }

  async noteUse(): Promise<void> {}
}

const setUp = () => {
  const store = new OneKey();
  const clock = { now: 1_000_000 };
  const authenticator = new ApiKeyAuthenticator(
    store as unknown as ApiKeyRepository,
    () => clock.now,
  );
  return { store, clock, authenticator };
};

describe('a key', () => {
  it('is looked up once a second at most, however many requests bring it', async () => {
    const { store, clock, authenticator } = setUp();
    await Promise.all([1, 2, 3].map(() => authenticator.authenticate('right')));
    expect(authenticator.authenticate('right')).toMatchObject({ name: 'one' });
    expect(store.asked).toBe(1);
    clock.now += 1_000;
    expect(await authenticator.authenticate('right')).toMatchObject({ name: 'one' });
    expect(store.asked).toBe(2);
  });

  it('is not believed any longer because the clock was put back', async () => {
    const { store, clock, authenticator } = setUp();
    await authenticator.authenticate('right');
    clock.now -= 3_600_000;
    store.record = undefined;
    expect(await authenticator.authenticate('right')).toBeUndefined();
  });

  it('that is unknown is asked for every time', async () => {
    const { store, authenticator } = setUp();
    expect(await authenticator.authenticate('wrong')).toBeUndefined();
    expect(await authenticator.authenticate('wrong')).toBeUndefined();
    expect(store.asked).toBe(2);
  });

  it('ends on the millisecond, also while it is believed', async () => {
    const { store, clock, authenticator } = setUp();
    store.record!.expiresAt = new Date(clock.now + 10);
    expect(await authenticator.authenticate('right')).toBeDefined();
    clock.now += 9;
    expect(authenticator.authenticate('right')).toBeDefined();
    clock.now += 1;
    expect(authenticator.authenticate('right')).toBeUndefined();
  });

  it('that is revoked while it is looked up is not believed afterwards', async () => {
    const { store, authenticator } = setUp();
    let open = (): void => undefined;
    store.gate = new Promise((resolve) => (open = resolve));
    const early = authenticator.authenticate('right');
    store.record = undefined;
    authenticator.forgetAll();
    open();
    await early;
    expect(await authenticator.authenticate('right')).toBeUndefined();
  });
});
