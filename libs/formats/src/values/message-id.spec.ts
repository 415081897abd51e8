import { expect, it } from 'vitest';
import { messageId } from './message-id.js';

it('a message is named by the second of its event in UTC and the event’s UUID', () => {
  const uuid = '019d77d5-8300-7a4e-8c21-5b7d9e3f2002';
  const occurredAt = new Date('2026-04-10T23:02:09.999-05:00');
  expect(messageId({ uuid, occurredAt })).toBe(`wh-20260411-040209-${uuid}`);
});
