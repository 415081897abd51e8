import type { EventRejectionDraft, KeyOwner } from '@schoolbell/persistence';
import { beforeEach, describe, expect, it } from 'vitest';
import { ApiError } from '../http/api-error.js';
import type { RefusedRequest } from './read-rejections.js';
import { RejectionLog } from './rejection-log.js';

const AWAY = Object.assign(new Error('connect'), { code: 'ECONNREFUSED', syscall: 'connect' });
const FAULTY = new Error('Database error. Code: `22P05`');

/** Stands in for Postgres, which can be away or refuse a row. */
class Store {
  failure: Error | undefined;
  owners: KeyOwner[] = [];
  readonly kept: EventRejectionDraft[] = [];
  readonly counts = new Map<string, number>();

  async keep(drafts: readonly EventRejectionDraft[]): Promise<void> {
    if (this.failure) throw this.failure;
    this.kept.push(...drafts.map((draft) => ({ ...draft })));
  }

  async countLeftOut(drafts: readonly Pick<EventRejectionDraft, 'id' | 'leftOut'>[]) {
    if (this.failure) throw this.failure;
    for (const { id, leftOut } of drafts) this.counts.set(id, leftOut);
  }

  async ownersOf(prefixes: readonly string[]): Promise<KeyOwner[]> {
    if (this.failure) throw this.failure;
    return this.owners.filter(({ prefix }) => prefixes.includes(prefix));
  }
}

const keyOf = (prefix: string) => `sbk_${prefix}${'x'.repeat(31)}`;

function request(more: Partial<RefusedRequest> = {}): RefusedRequest {
  return {
    id: 'req_1',
    method: 'POST',
    headers: { 'x-api-key': keyOf('A11111111111') },
    body: { type: 'session.completed', data: { sessionId: 'ses_1' } },
    principal: {
      kind: 'api_key',
      expiresAt: null,
      id: 'k',
      name: 'Runtime',
      tenantId: 'tenant-1',
      permissions: new Set(),
    },
    tenantId: 'tenant-1',
    launch: null,
    routeOptions: { url: '/v1/events' },
    ...more,
  };
}

const stranger = (prefix: string) =>
  request({ principal: null, body: undefined, headers: { 'x-api-key': keyOf(prefix) } });

let store: Store;
let log: RejectionLog;
beforeEach(() => {
  store = new Store();
  log = new RejectionLog(store, () => 1_800_000_000_000);
});

const note = (times: number, of: RefusedRequest, code: 'validation_failed' | 'unauthenticated') => {
  for (let i = 0; i < times; i++) log.note(new ApiError(code), of);
};

describe('the log of refused posts', () => {
  it('is written together, and only for routes by which events come in', async () => {
    note(3, request(), 'validation_failed');
    note(3, request({ routeOptions: { url: '/v1/webhooks' } }), 'validation_failed');
    log.note(new ApiError('not_found'), request());
    expect(store.kept).toEqual([]);
    await log.flush();
    expect(store.kept).toHaveLength(3);
  });

  it('waits in memory while Postgres is away, and is written later, once', async () => {
    store.failure = AWAY;
    note(2, request(), 'validation_failed');
    note(2, stranger('B11111111111'), 'unauthenticated');
    await log.flush();
    await log.flush();
    store.failure = undefined;
    await log.flush();
    await log.flush();
    expect(store.kept).toHaveLength(4);
    await log.onApplicationShutdown();
  });

  it('does not stop at rows that Postgres refuses', async () => {
    store.failure = FAULTY;
    note(1, request(), 'validation_failed');
    await log.flush();
    store.failure = undefined;
    note(1, request(), 'validation_failed');
    await log.flush();
    expect(store.kept).toHaveLength(1);
  });

  it('keeps 60 of a tenant’s minute and counts those behind them, before and after they are written', async () => {
    note(70, request(), 'validation_failed');
    await log.flush();
    expect(store.kept).toHaveLength(60);
    expect(store.kept.at(-1)!.leftOut).toBe(10);
    note(5, request(), 'validation_failed');
    await log.flush();
    expect([...store.counts]).toEqual([[store.kept.at(-1)!.id, 15]]);
  });

  it('gives a revoked key to its tenant, and keeps few of what strangers try', async () => {
    store.owners = [{ prefix: 'C11111111111', name: 'Old', tenantId: 'tenant-1' }];
    note(20, stranger('C11111111111'), 'unauthenticated');
    const letters = 'ABDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
    for (const letter of letters) note(20, stranger(`D2222222222${letter}`), 'unauthenticated');
    await log.flush();
    const owned = store.kept.filter(({ tenantId }) => tenantId === 'tenant-1');
    expect(owned).toHaveLength(10);
    expect(owned[0]).toMatchObject({ keyName: 'Old', keyPrefix: 'C11111111111' });
    expect(store.kept.length - owned.length).toBe(60);
  });

  it('keeps what tenants post, however many keys a stranger makes up', async () => {
    for (let i = 0; i < 7_000; i++) {
      note(1, stranger(`E${String(i).padStart(11, '2')}`), 'unauthenticated');
    }
    note(1, request(), 'validation_failed');
    await log.flush();
    expect(store.kept.filter(({ tenantId }) => tenantId === 'tenant-1')).toHaveLength(1);
    expect(store.kept).toHaveLength(61);
  });

  it('cannot be made to throw', () => {
    const broken = request({ body: { tenantId: 1, data: new Proxy({}, { get: thrower }) } });
    expect(() => note(1, broken, 'validation_failed')).not.toThrow();
  });
});

function thrower(): never {
  throw new Error('no');
}
