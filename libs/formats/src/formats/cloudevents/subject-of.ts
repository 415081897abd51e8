import { isId } from '@schoolbell/catalogue';
import type { KnownData } from '../../contract/known-data.js';

/** What an event can be about, the closest first; no type has two that are equally close. */
const SUBJECTS = [
  'sessionId',
  'enrollmentId',
  'certificateId',
  'competencyId',
  'packageId',
  'deliveryId',
  'webhookId',
  'userId',
] as const satisfies readonly (keyof KnownData)[];

/**
 * The `subject` of an event: the id of its session, else of its enrollment, certificate, competency, package,
 * delivery, webhook or user, whichever it has first.
 *
 * @returns `undefined` for an event about none of these, such as `usage.threshold`
 */
export function subjectOf(data: KnownData): string | undefined {
  return SUBJECTS.map((name) => data[name]).find((id) => isId(id));
}
