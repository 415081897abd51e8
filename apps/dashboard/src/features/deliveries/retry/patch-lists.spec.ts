import { QueryClient } from '@tanstack/react-query';
import type { DeliveryDocument } from '@schoolbell/api-client';
import { listDeliveriesInfiniteQueryKey } from '@schoolbell/api-client/queries';
import { describe, expect, it } from 'vitest';
import { whyNotRetryable } from './is-retryable.ts';
import { patchLists } from './patch-lists.ts';

const row = (id: string, given: Partial<DeliveryDocument> = {}) =>
  ({ id, status: 'dead', updatedAt: '2026-11-24T12:00:00.000Z', ...given }) as DeliveryDocument;

function clientWith(...pages: DeliveryDocument[][]) {
  const client = new QueryClient();
  const key = listDeliveriesInfiniteQueryKey({ query: { limit: 100 } });
  const all = pages.map((data) => ({ data, nextCursor: null }));
  client.setQueryData(key, { pages: all, pageParams: [{}] });
  const read = () => client.getQueryData<{ pages: { data: DeliveryDocument[] }[] }>(key)!;
  return { client, read };
}

describe('a delivery that has changed', () => {
  it('changes where it stands in every list, and no other row does', () => {
    const event = { learnerId: 'lrn_1' } as DeliveryDocument['event'];
    const { client, read } = clientWith([row('3'), row('2', { event })], [row('1')]);
    const before = read();
    const later = '2026-11-24T12:00:01.000Z';
    patchLists(client, [row('2', { status: 'pending', updatedAt: later })]);
    const { pages } = read();
    expect(pages[0]!.data).toEqual([
      row('3'),
      row('2', { status: 'pending', updatedAt: later, event }),
    ]);
    expect(pages[1]).toBe(before.pages[1]);
  });

  it('is left alone by an answer that is older than what is shown', () => {
    const { client, read } = clientWith([row('1', { status: 'delivered' })]);
    const before = read();
    patchLists(client, [row('1', { updatedAt: '2026-11-24T11:00:00.000Z' }), row('9')]);
    expect(read()).toBe(before);
  });
});

describe('a delivery', () => {
  it.each([
    ['dead', undefined],
    ['delivered', undefined],
    ['pending', undefined],
    ['held', /resume/],
    ['discarded', /not sent again/],
  ] as const)('that is %s can be retried, or says why not', (status, why) => {
    const found = whyNotRetryable({ status, test: false });
    if (why) expect(found).toMatch(why);
    else expect(found).toBeUndefined();
  });

  it('that is a test, or was erased, cannot be retried', () => {
    expect(whyNotRetryable({ status: 'dead', test: true })).toContain('test the webhook again');
    expect(whyNotRetryable({ status: 'dead', test: false, erased: true })).toContain('erased');
  });
});
