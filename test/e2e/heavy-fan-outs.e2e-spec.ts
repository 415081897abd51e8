import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  apiClient,
  Customer,
  seedTenant,
  seedWebhooks,
  startSchoolbell,
  type ApiClient,
  type OwnWebhook,
  type Schoolbell,
} from '../support/index.js';

/** The number of webhooks with which the fault was found. */
const WEBHOOKS = 5_500;
/** More posts would only take longer: the fault put all of them into one flush. */
const POSTS = 16;

const COMPLETED = {
  type: 'session.completed',
  data: { sessionId: 's', packageId: 'p', learnerId: 'l', completionStatus: 'completed' },
};

let schoolbell: Schoolbell;
let healthy: Customer;
let webhook: OwnWebhook;

beforeAll(async () => {
  schoolbell = await startSchoolbell({ dispatchers: 0 });
  healthy = new Customer(schoolbell);
  webhook = await healthy.webhook('https://receiver.example/hook');
});
afterAll(() => schoolbell.stop());

/** A tenant whose every event goes to very many webhooks. */
async function wideTenant(): Promise<{ api: ApiClient; tenantUuid: string }> {
  const { tenantKey, tenantUuid } = await seedTenant(schoolbell.database);
  await seedWebhooks(schoolbell.database, tenantUuid, WEBHOOKS);
  return { api: apiClient(schoolbell.apiUrl, tenantKey), tenantUuid };
}

/** The median time of the healthy tenant's posts in milliseconds; one is made every 20 ms, whatever happens. */
async function p50While(goesOn: (posts: number) => boolean): Promise<number> {
  const posts: Promise<number>[] = [];
  while (goesOn(posts.length)) {
    const before = performance.now();
    posts.push(healthy.completes(webhook).then(() => performance.now() - before));
    await sleep(20);
  }
  return (await Promise.all(posts)).toSorted((a, b) => a - b)[posts.length >> 1]!;
}

/** How many deliveries each event of a tenant has, and how many of them are due; none is counted twice. */
async function deliveriesByEvent(tenantUuid: string): Promise<number[]> {
  const rows = await schoolbell.database.query<{ deliveries: number }>(
    `SELECT count(DISTINCT d.webhook_id)::integer AS deliveries
     FROM events e JOIN deliveries d ON d.event_id = e.id
       JOIN due_deliveries due ON due.delivery_id = d.id
     WHERE e.tenant_id = $1 GROUP BY e.id`,
    [tenantUuid],
  );
  return rows.map(({ deliveries }) => deliveries);
}

describe('a tenant whose every event goes to thousands of webhooks', () => {
  it('holds up nobody else: all of it is accepted, and others are as fast as before', async () => {
    const wide = await wideTenant();
    await p50While((posts) => posts < 25);
    const alone = await p50While((posts) => posts < 50);

    const began = performance.now();
    let done = false;
    const posts = Promise.all(
      Array.from({ length: POSTS }, () => wide.api.post('/v1/events', COMPLETED)),
    ).finally(() => (done = true));
    const beside = await p50While(() => !done);
    // In one flush with the others, a post took half of the total time. The margin is for machines that stutter.
    const took = performance.now() - began;
    expect(beside).toBeLessThan(Math.max(3 * alone, took / 20));

    const answers = (await posts).map(({ status, body }) => [status, body.deliveries]);
    expect(answers).toEqual(Array(POSTS).fill([202, WEBHOOKS]));
    expect(await deliveriesByEvent(wide.tenantUuid)).toEqual(Array(POSTS).fill(WEBHOOKS));
    const ids = new Set((await posts).map(({ body }) => body.id));
    expect(ids.size).toBe(POSTS);
  });

  it('posts a batch as a whole', async () => {
    const wide = await wideTenant();
    const batchOf = (count: number) => ({ events: Array(count).fill(COMPLETED) });
    const { status, body } = await wide.api.post('/v1/events/batch', batchOf(3));
    expect(status).toBe(202);
    expect(body.data.map((one: any) => one.deliveries)).toEqual(Array(3).fill(WEBHOOKS));
    expect(await deliveriesByEvent(wide.tenantUuid)).toEqual(Array(3).fill(WEBHOOKS));
  });
});
