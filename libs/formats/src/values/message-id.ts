import type { EventToSend } from '../contract/event-to-send.js';

/** `wh-YYYYMMDD-HHMMSS-<uuid of the event>`, the time in UTC: the same for every attempt and every webhook. */
export function messageId({ uuid, occurredAt }: Pick<EventToSend, 'uuid' | 'occurredAt'>): string {
  const [date, time] = occurredAt.toISOString().split(/[T.]/) as [string, string];
  return `wh-${date.replaceAll('-', '')}-${time.replaceAll(':', '')}-${uuid}`;
}
