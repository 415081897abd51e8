import { describe, it as base } from 'vitest';
import { joinSchoolbell, type ReceivedRequest } from '../support/index.js';
import { MovedCustomer } from './support/systems/moved-customer.js';
import { SYSTEMS, type System } from './support/systems/index.js';

/** Each test has its own customer, so that all of them can wait at the same time. */
const it = base
  .extend('schoolbell', { scope: 'file' }, () => joinSchoolbell())
  .extend('movedFrom', ({ schoolbell }, { onCleanup }) => {
    const customers: MovedCustomer[] = [];
    onCleanup(async () => void (await Promise.all(customers.map((customer) => customer.leaves()))));
    return async (system: System) => {
      const customer = await MovedCustomer.to(schoolbell, system);
      customers.push(customer);
      return customer;
    };
  });

const FIVE = Array.from({ length: 5 });
const PATIENCE = { timeout: 15_000 };

const signaturesIn = ({ headers }: ReceivedRequest) =>
  Object.keys(headers).filter((name) => name.includes('signature'));

const idsIn = ({ headers }: ReceivedRequest) => [
  headers['webhook-id'],
  headers['x-schoolbell-delivery'],
];

/** The body of a form as the log shows it. */
const withoutPassword = (body: string) =>
  body.replace(/(?<=&password=)[^&]+$/, encodeURIComponent('[redacted]'));

// docs/compatibility.md links to these tests by their titles.
describe.concurrent.each(SYSTEMS)('a receiver of $name', (system) => {
  const { reads, proof } = system;
  const signature = typeof proof === 'object' && 'header' in proof && proof.header;
  const types = Object.keys(reads);
  const [type] = types as [string];

  it('is registered and reads each event under the name it knows', async ({
    expect,
    movedFrom,
  }) => {
    const moved = await movedFrom(system);
    expect(await moved.webhookShown()).toMatchObject({ events: types, status: 'active' });
    for (const each of types) await moved.reports(each);
    const expected = Object.values(reads).flat().toSorted();
    await expect.poll(() => moved.hasRead, PATIENCE).toEqual(expected);
    for (const { headers } of moved.received) {
      expect(headers).not.toHaveProperty('x-schoolbell-test');
    }
  });

  it('takes a test, marked as one, for genuine', async ({ expect, movedFrom }) => {
    const moved = await movedFrom(system);
    const { delivery, attempt } = await moved.tests();
    expect(delivery).toMatchObject({ test: true, eventType: type, status: 'delivered' });
    expect(attempt).toMatchObject({ trigger: 'test', response: { status: 200 } });
    expect(moved.hasRead).toEqual([reads[type]]);
    const [request] = moved.received as [ReceivedRequest];
    expect(request.headers).toMatchObject({ 'x-schoolbell-test': 'true' });
    if (signature) expect(request.headers).toHaveProperty(signature);
    else expect(signaturesIn(request)).toEqual([]);
  });

  if (proof !== 'none') {
    it('refuses a stranger', async ({ expect, movedFrom }) => {
      const moved = await movedFrom(system);
      await moved.becomesStranger();
      const { attempt } = await moved.tests();
      expect(attempt).toMatchObject({ outcome: 'failed', response: { status: 401 } });
      expect(moved.hasRead).toEqual([]);
    });
  }

  it('gets what failed again, with the same id and body, and both are in the log', async ({
    expect,
    movedFrom,
  }) => {
    const moved = await movedFrom(system);
    await moved.changes({ retrySchedule: [1] });
    moved.fails(1);
    await moved.reports(type);
    const { attempts } = await moved.customer.deliveryIs(moved.webhook, 'delivered', 15_000);
    const [first, second] = moved.received as [ReceivedRequest, ReceivedRequest];
    expect(second.at - first.at).toBeGreaterThanOrEqual(1_000);
    expect(second.headers['x-schoolbell-attempt']).toBe('2');
    expect(idsIn(second)).toEqual(idsIn(first));
    expect(second.rawBody.equals(first.rawBody)).toBe(true);
    expect(moved.hasRead).toEqual([reads[type]]);
    const body = withoutPassword(first.body);
    expect(attempts).toMatchObject([
      { outcome: 'failed', request: { body }, response: { status: 500 } },
      { outcome: 'delivered', request: { body }, response: { status: 200 } },
    ]);
    for (const { request } of attempts) {
      expect(request.headers['Authorization'] ?? '[redacted]').toBe('[redacted]');
    }
  });

  it('is paused by five failures in a row, and misses nothing', async ({ expect, movedFrom }) => {
    const moved = await movedFrom(system);
    await moved.changes({ retrySchedule: [1] });
    moved.fails(5);
    await Promise.all(FIVE.map(() => moved.reports(type)));
    await expect
      .poll(() => moved.webhookShown(), PATIENCE)
      .toMatchObject({ status: 'paused', pause: { reason: 'consecutive_failures' } });
    await moved.resumes();
    await expect.poll(() => moved.hasRead, PATIENCE).toEqual(FIVE.map(() => reads[type]));
  });
});
