import type { DeadLetterGroupDocument } from '@schoolbell/api-client';
import { expect, it } from 'vitest';
import { groupsToActOn } from '../../ui/dead-letter-groups.ts';
import { selectionOf } from './selection.ts';

const group = (
  errorCode: string | null,
  responseStatus: number | null,
  of: Partial<DeadLetterGroupDocument> = {},
) =>
  ({
    webhookId: 'wh_1',
    errorCode,
    responseStatus,
    count: 3,
    first: '2026-11-28T10:00:00.000Z',
    last: '2026-11-28T11:00:00.000Z',
    example: { id: `dlv_${errorCode}_${responseStatus}` },
    ...of,
  }) as DeadLetterGroupDocument;

it('the page of dead letters keeps answers with different statuses apart, for they have different causes', () => {
  const groups = groupsToActOn([group('http_status', 500), group('http_status', 503)]);
  expect(groups.map(({ responseStatus }) => responseStatus)).toEqual([500, 503]);
  expect(selectionOf(groups[1]!, {})).toEqual({
    webhookId: 'wh_1',
    errorCode: 'http_status',
    responseStatus: 503,
  });
});

it('the page of dead letters joins what one operation would take together, so that its count is right', () => {
  const late = group('timeout', 200, { count: 2, last: '2026-11-28T12:00:00.000Z' });
  const [joined, ...others] = groupsToActOn([group('timeout', null), late]);
  expect(others).toEqual([]);
  expect(joined).toMatchObject({
    count: 5,
    responseStatus: null,
    first: '2026-11-28T10:00:00.000Z',
    last: '2026-11-28T12:00:00.000Z',
    example: { id: 'dlv_timeout_200' },
  });
  expect(selectionOf(joined!, {})).toEqual({ webhookId: 'wh_1', errorCode: 'timeout' });
});

it('an operation acts within the filters of the page of dead letters', () => {
  const [shown] = groupsToActOn([group('dns', null)]);
  const from = '2026-11-28T00:00:00.000Z';
  expect(selectionOf(shown!, { type: 'session.completed', from })).toEqual({
    webhookId: 'wh_1',
    errorCode: 'dns',
    type: 'session.completed',
    from,
  });
});

it('the page of dead letters offers no operation that would take more than the group shows', () => {
  const [shown] = groupsToActOn([group(null, null)]);
  expect(selectionOf(shown!, {})).toBeUndefined();
});
