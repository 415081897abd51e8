import { SCORM_API_EVENT_NAMES } from '@schoolbell/formats';

const TYPES = new Map(Object.entries(SCORM_API_EVENT_NAMES).map(([type, name]) => [name, type]));

/** The event types of the SCORM API, in its own words. */
export const EVENT_NAMES: readonly string[] = [...TYPES.keys()];

/** @param name one of {@link EVENT_NAMES} */
export function typeNamed(name: string): string {
  return TYPES.get(name)!;
}

/** What the SCORM API calls an event type; the type itself where it has no name for it. */
export function nameOf(type: string): string {
  return SCORM_API_EVENT_NAMES[type] ?? type;
}
