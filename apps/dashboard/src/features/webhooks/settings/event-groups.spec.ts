import type { EventTypeDocument } from '@schoolbell/api-client';
import { expect, it } from 'vitest';
import { groupsOf, isCarried } from './event-groups.ts';

const typeNamed = (type: string, owner: EventTypeDocument['owner'] = 'catalogue') =>
  ({ type, owner, examples: [{ format: 'docebo' }] }) as EventTypeDocument;

it('what learners do comes first, and the customer’s own types last', () => {
  const types = [
    typeNamed('order.placed', 'tenant'),
    typeNamed('delivery.dead'),
    typeNamed('competency.awarded'),
    typeNamed('certificate.awarded'),
    typeNamed('session.completed'),
  ];
  expect(groupsOf(types).map(({ title, types: its }) => [title, its.length])).toEqual([
    ['Sessions of learners', 1],
    ['Certificates and competencies', 2],
    ['Schoolbell itself', 1],
    ['Your own event types', 1],
  ]);
});

it('a format carries a type that it has an example of, and a template every type', () => {
  expect(isCarried('docebo', typeNamed('session.completed'))).toBe(true);
  expect(isCarried('absorb', typeNamed('session.completed'))).toBe(false);
  expect(isCarried('custom', typeNamed('session.completed'))).toBe(true);
});
