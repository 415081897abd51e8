import type { WebhookDocument } from '@schoolbell/api-client';
import { expect, it } from 'vitest';
import { foundBy, orderedWebhooks } from './ordered-webhooks.ts';

const webhook = (id: string, health: WebhookDocument['health'], description = '') =>
  ({
    id,
    health,
    description,
    url: `https://${id}.example.com/in`,
    format: 'docebo',
    events: ['session.completed'],
  }) as WebhookDocument;
const some = [
  webhook('wh_1', 'idle'),
  webhook('wh_2', 'ok', 'Compliance of Northwind'),
  webhook('wh_3', 'failing'),
  webhook('wh_4', 'paused'),
  webhook('wh_5', 'ok'),
];
const ids = (webhooks: WebhookDocument[]) => webhooks.map(({ id }) => id);

it('paused and failing webhooks stand first, the others as they came', () => {
  expect(ids(orderedWebhooks(some))).toEqual(['wh_4', 'wh_3', 'wh_2', 'wh_5', 'wh_1']);
});

it('a webhook is found by words of its description, its address, format, event types or id', () => {
  expect(ids(foundBy(some, 'northwind COMPLIANCE'))).toEqual(['wh_2']);
  expect(ids(foundBy(some, 'wh_3.example'))).toEqual(['wh_3']);
  expect(foundBy(some, 'docebo session.completed')).toHaveLength(5);
  expect(foundBy(some, 'nobody')).toEqual([]);
});
