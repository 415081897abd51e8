export type { DataClass } from './data-class.js';
export type { DataFault, EventData, EventSubject, PreparedData } from './event-data.js';
export type { EventType } from './event-type.js';
export { EVENT_TYPE_NAMES, EVENT_TYPES, eventTypeNamed } from './event-types.js';
export { USAGE_THRESHOLDS } from './event-types/usage-threshold.js';
export { ID_PATTERN, isId } from './fields/id.js';
export type { MappingRules } from './preparation/step.js';
export { subjectOf } from './preparation/subject-of.js';
export type { JsonSchema } from './schema-of-class.js';
export { durationOfHundredths, hundredthsOf } from './scorm/duration.js';
export { CREDITS, MODES } from './scorm/launch.js';
export {
  COMPLETION_STATUSES,
  LESSON_STATUSES,
  SUCCESS_STATUSES,
  type LessonStatus,
} from './scorm/status.js';
