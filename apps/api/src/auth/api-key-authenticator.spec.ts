import type { ApiKeyRecord, ApiKeyRepository } from '@schoolbell/persistence';
import { describe, expect, it } from 'vitest';
import { ApiKeyAuthenticator } from './api-key-authenticator.js';

/** A store with one key, which counts how often it is asked and can answer late. */
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
    createdBy: null,
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

const aMoment = () => new Promise(setImmediate);

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

  it('is asked for again while the old answer is still believed, and no request waits for it', async () => {
    const { store, clock, authenticator } = setUp();
    await authenticator.authenticate('right');
    const { promise, resolve: answer } = Promise.withResolvers<void>();
    store.gate = promise;
    clock.now += 500;
    for (let request = 0; request < 3; request++) {
      expect(authenticator.authenticate('right')).toMatchObject({ name: 'one' });
    }
    expect(store.asked).toBe(2);
    answer();
    await aMoment();
    clock.now += 501;
    // Later than the first answer is valid: this is the second one.
    expect(authenticator.authenticate('right')).toMatchObject({ name: 'one' });
  });

  it('that is revoked elsewhere is refused within a second, also when the look-up hangs', async () => {
    const { store, clock, authenticator } = setUp();
    await authenticator.authenticate('right');
    clock.now += 500;
    store.record = undefined;
    authenticator.authenticate('right');
    await aMoment();
    expect(await authenticator.authenticate('right')).toBeUndefined();

    const other = setUp();
    await other.authenticator.authenticate('right');
    other.store.gate = new Promise(() => undefined);
    other.clock.now += 999;
    expect(other.authenticator.authenticate('right')).toMatchObject({ name: 'one' });
    other.clock.now += 1;
    expect(other.authenticator.authenticate('right')).toBeInstanceOf(Promise);
  });

  it('is believed from when it was asked for, not from when the answer came', async () => {
    const { store, clock, authenticator } = setUp();
    const { promise, resolve: answer } = Promise.withResolvers<void>();
    store.gate = promise;
    const slow = authenticator.authenticate('right');
    clock.now += 1_000;
    answer();
    expect(await slow).toMatchObject({ name: 'one' });
    expect(authenticator.authenticate('right')).toBeInstanceOf(Promise);
  });

  it('is believed for its second while the database is away, and again as soon as it is back', async () => {
    const { store, clock, authenticator } = setUp();
    await authenticator.authenticate('right');
    store.gate = Promise.reject(new Error('away'));
    for (let ms = 500; ms < 1_000; ms += 50) {
      clock.now = 1_000_000 + ms;
      expect(authenticator.authenticate('right')).toMatchObject({ name: 'one' });
      await aMoment();
    }
    // Asked every 100 ms, not for each request.
    expect(store.asked).toBe(1 + 5);
    clock.now = 1_001_000;
    await expect(authenticator.authenticate('right')).rejects.toThrow('away');
    store.gate = Promise.resolve();
    expect(await authenticator.authenticate('right')).toMatchObject({ name: 'one' });
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

  it('that was revoked is not believed again since an older look-up ends after a newer one began', async () => {
    const { store, authenticator } = setUp();
    const { promise, resolve: answer } = Promise.withResolvers<void>();
    store.gate = promise;
    const early = authenticator.authenticate('right');
    store.record = undefined;
    authenticator.forgetAll();
    store.gate = new Promise(() => undefined);
    const late = authenticator.authenticate('right');
    answer();
    await early;
    expect(authenticator.authenticate('right')).toBe(late);
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
