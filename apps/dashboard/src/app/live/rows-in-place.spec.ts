import type { DeliveryDocument } from '@schoolbell/api-client';
import { describe, expect, it } from 'vitest';
import { rowsOf, withRow } from './rows-in-place.ts';

const row = (id: string, status = 'pending', updatedAt = '2026-11-28T12:00:00.000Z') =>
  ({ id, status, updatedAt }) as DeliveryDocument;
const NEW = row('dlv_2', 'delivered', '2026-11-28T12:00:01.000Z');

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
