import type { DeliveryDocument } from '@schoolbell/api-client';
import { describe, expect, it } from 'vitest';
import { rowsOf, withDelivery, withFresh, withRow } from './rows-in-place.ts';

const row = (id: string, status = 'pending', updatedAt = '2026-11-28T12:00:00.000Z') =>
  ({ id, status, updatedAt }) as DeliveryDocument;
const NEW = row('dlv_2', 'delivered', '2026-11-28T12:00:01.000Z');
const OF_EVENT = { ...NEW, eventId: 'evt_1', test: false };

const NO_COUNTS = { pending: 0, held: 0, delivered: 0, dead: 0, discarded: 0 };
const event = (deliveries: DeliveryDocument[], counts: Partial<typeof NO_COUNTS>) => ({
  id: 'evt_1',
  deliveries,
  deliveryCounts: { ...NO_COUNTS, ...counts },
});

describe('a row that changed', () => {
  it('changes in place in a page, in pages, and where it is alone', () => {
    const page = { data: [row('dlv_3'), row('dlv_2'), row('dlv_1')], nextCursor: null };
    const statuses = (data: unknown) => rowsOf(data).map(({ status }) => status);
    expect(statuses(withRow(page, NEW))).toEqual(['pending', 'delivered', 'pending']);
    const pages = {
      pages: [page, { data: [row('dlv_0')], nextCursor: null }],
      pageParams: [{}, {}],
    };
    expect(statuses(withRow(pages, NEW))).toEqual(['pending', 'delivered', 'pending', 'pending']);
    const one = { ...row('dlv_2'), attempts: [] };
    expect(withRow(one, NEW)).toEqual({ ...NEW, attempts: [] });
  });

  it('leaves everything as it is where it is not shown, or where something newer is', () => {
    const page = { data: [row('dlv_1')], nextCursor: null };
    const pages = { pages: [page], pageParams: [{}] };
    const newer = { data: [row('dlv_2', 'dead', '2026-11-28T12:00:02.000Z')] };
    for (const data of [page, pages, newer, row('dlv_9'), undefined, { total: 3 }]) {
      expect(withRow(data, NEW)).toBe(data);
    }
  });
});

describe('a delivery that changed', () => {
  it('changes beside its event, which counts it by its new status', () => {
    const page = { data: [event([row('dlv_1'), row('dlv_2')], { pending: 2 })] };
    const [changed] = withDelivery(page, OF_EVENT).data;
    expect(changed!.deliveries.map(({ status }) => status)).toEqual(['pending', 'delivered']);
    expect(changed!.deliveryCounts).toEqual({ ...NO_COUNTS, pending: 1, delivered: 1 });
  });

  it('comes to its event when it is new, and is only counted beside five others', () => {
    const none = { pages: [{ data: [event([], {})] }], pageParams: [{}] };
    const [first] = withDelivery(none, OF_EVENT).pages[0]!.data;
    expect(first!.deliveries).toEqual([OF_EVENT]);
    expect(first!.deliveryCounts.delivered).toBe(1);
    const five = [3, 4, 5, 6, 7].map((number) => row(`dlv_${number}`));
    const many = withDelivery(event(five, { pending: 5 }), OF_EVENT);
    expect(many.deliveries).toEqual(five);
    expect(many.deliveryCounts).toEqual({ ...NO_COUNTS, pending: 5, delivered: 1 });
  });

  it('leaves an event as it is that counts more than it lists, and where it is a test', () => {
    const more = event([row('dlv_1')], { pending: 7 });
    expect(withDelivery(more, OF_EVENT)).toBe(more);
    const none = event([], {});
    expect(withDelivery(none, { ...OF_EVENT, test: true })).toBe(none);
  });
});

it('a list that was read again has fresh rows where it has them, and no others', () => {
  const list = { pages: [{ data: [row('dlv_2'), row('dlv_1')] }], pageParams: [{}] };
  const fresh = withFresh(list, [row('dlv_3'), NEW]);
  expect(rowsOf(fresh)).toEqual([NEW, row('dlv_1')]);
});
