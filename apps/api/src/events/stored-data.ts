import { Logger } from '@nestjs/common';
import { ERASED_PAYLOAD, type EventRecord } from '@schoolbell/delivery';
import { toTypeId } from '@schoolbell/ids';

const logger = new Logger('Events');

/** The data of an event; null if it was erased, or is damaged, which the log then says. */
export function storedData({ id, payload }: Pick<EventRecord, 'id' | 'payload'>): unknown {
  if (payload === ERASED_PAYLOAD) return null;
  try {
    return JSON.parse(payload);
  } catch {
    logger.error(`The stored data of ${toTypeId('event', id)} is damaged: it is not JSON.`);
    return null;
  }
}
