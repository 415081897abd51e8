import { eventTypeNamed } from '@schoolbell/catalogue';
import type { KnownState } from '@schoolbell/scorm';
import { validationFailed } from '../http/api-error.js';

/** The rules between its fields that a schema cannot say are those of the catalogue. @throws ApiError `validation_failed` */
export function requireConsistent(state: KnownState): void {
  const prepared = eventTypeNamed('session.launched')!.prepare({ ...state });
  if (prepared.ok) return;
  throw validationFailed(
    prepared.errors.map(({ path, message }) => ({ path: `state.${path}`, message })),
  );
}
