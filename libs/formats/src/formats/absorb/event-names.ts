import type { KnownData } from '../../contract/known-data.js';

interface EventNames {
  byLearner: string;
  /** Where the document has another name for what an administrator did. */
  byAdmin?: string;
}

/** The names of the Absorb document, by event type. A session is the learner's own doing. */
const EVENT_NAMES = new Map<string, EventNames>([
  ['session.completed', { byLearner: 'Enrollment Completed by Learner' }],
  ['user.created', { byLearner: 'User Created' }],
  [
    'enrollment.created',
    {
      byLearner: 'User Enrolled in Course by Learner',
      byAdmin: 'User Enrolled in Course by Admin',
    },
  ],
  [
    'enrollment.completed',
    {
      byLearner: 'Enrollment Completed by Learner',
      byAdmin: 'Enrollment Completed by Admin',
    },
  ],
  ['certificate.awarded', { byLearner: 'Certificate Awarded' }],
  ['competency.awarded', { byLearner: 'Competency Awarded' }],
]);

/** The event types that Absorb has a name for. */
export const NAMED_TYPES: readonly string[] = [...EVENT_NAMES.keys()];

/**
 * An administrator did what has an `adminId`, unless its `source` says otherwise.
 *
 * @param type one of {@link NAMED_TYPES}
 */
export function eventNameOf(
  type: string,
  { source, adminId }: Pick<KnownData, 'source' | 'adminId'>,
): string {
  const { byLearner, byAdmin = byLearner } = EVENT_NAMES.get(type)!;
  const isByAdmin = source === undefined ? adminId !== undefined : source === 'admin';
  return isByAdmin ? byAdmin : byLearner;
}
