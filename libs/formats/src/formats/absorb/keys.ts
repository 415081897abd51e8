import { isId } from '@schoolbell/catalogue';
import type { KnownData } from '../../contract/known-data.js';
import { receiverId } from '../../values/receiver-id.js';

/** Under the names that they have in our data; Absorb publishes none. */
const KEYS = [
  'enrollmentId',
  'certificateId',
  'competencyId',
  'courseId',
  'sessionId',
  'packageId',
  'dispatchId',
  'registrationId',
  'launchId',
  'scoId',
] as const satisfies readonly (keyof KnownData)[];

/** The ids of an event's data by which a receiver can ask for the rest. */
export function keysOf(data: KnownData): Record<string, number | string> {
  const ids: Partial<Record<string, unknown>> = { courseId: data.course?.id, ...data };
  return Object.fromEntries(
    KEYS.flatMap((key) => {
      const id = idOf(ids[key]);
      return id === undefined ? [] : [[key, id]];
    }),
  );
}

/** An id of the data, which may be a field that its type does not know, and so anything. */
export function idOf(value: unknown): number | string | undefined {
  return isId(value) ? receiverId(value) : undefined;
}
