import { Logger } from '@nestjs/common';
import { toTypeId, type EventRecord } from '@schoolbell/delivery';

const logger = new Logger('Events');

/** The data of an event; null, and said in the log, when what is stored is damaged. */
export function storedData({ id, payload }: Pick<EventRecord, 'id' | 'payload'>): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    logger.error(`The stored data of ${toTypeId('event', id)} is damaged: it is no JSON.`);
    return null;
  }
}
