import { EVENT_TYPE_NAMES } from '@schoolbell/catalogue';
import { describe, expect, it } from 'vitest';
import { isEventTypeName, whyReserved } from './event-type-names.js';

describe('the name of an event type', () => {
  it.each(['order.placed', 'acme.order-line.shipped_2', 'a.b', `a.${'b'.repeat(126)}`])(
    'may be %s',
    (name) => expect(isEventTypeName(name)).toBe(true),
  );

  it.each([
    '',
    'order',
    'Order.placed',
    'order.',
    '.placed',
    'order..placed',
    'order.placed ',
    'order.placed\n',
    'order.-placed',
    'order/placed.now',
    'ordér.placed',
    '1.order',
    '*',
    `a.${'b'.repeat(127)}`,
  ])('is not %j', (name) => expect(isEventTypeName(name)).toBe(false));

  it('is none of the catalogue’s, and none that Schoolbell may use for itself', () => {
    const others = ['session.created', 'webhook.x', 'delivery.late', 'usage.low', 'schoolbell.up'];
    for (const name of [...EVENT_TYPE_NAMES, ...others]) {
      expect(whyReserved(name), name).toBeTruthy();
    }
    for (const name of ['order.placed', 'webhooks.x', 'user.renamed']) {
      expect(whyReserved(name), name).toBeUndefined();
    }
  });
});
