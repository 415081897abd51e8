import { SCORM_API_EVENT_NAMES } from '@schoolbell/formats';

const TYPES = new Map(Object.entries(SCORM_API_EVENT_NAMES).map(([type, name]) => [name, type]));

/** The event types of the SCORM API, by its own names. */
export const EVENT_NAMES: readonly string[] = [...TYPES.keys()];

/** @param name one of {@link EVENT_NAMES} */
export function typeNamed(name: string): string {
  return TYPES.get(name)!;
}

/** The SCORM API's name of an event type; the type itself where it has none. */
export function nameOf(type: string): string {
  return SCORM_API_EVENT_NAMES[type] ?? type;
}
