import { Logger } from '@nestjs/common';
import { ERASED_PAYLOAD, type EventRecord } from '@schoolbell/delivery';
import { toTypeId } from '@schoolbell/ids';

const logger = new Logger('Events');

/** The data of an event; null for one that was erased, and, said in the log, when what is stored is damaged. */
export function storedData({ id, payload }: Pick<EventRecord, 'id' | 'payload'>): unknown {
  if (payload === ERASED_PAYLOAD) return null;
  try {
    return JSON.parse(payload);
  } catch {
    logger.error(`The stored data of ${toTypeId('event', id)} is damaged: it is not JSON.`);
    return null;
  }
}
