import { eventTypeNamed } from '@schoolbell/catalogue';
import type { KnownState } from '@schoolbell/scorm';
import { validationFailed } from '../http/api-error.js';

/**
 * Checks the rules between fields that a schema cannot express; they are the catalogue's. @throws ApiError
 * `validation_failed`
 */
export function requireConsistent(state: KnownState): void {
  const prepared = eventTypeNamed('session.launched')!.prepare({ ...state });
  if (prepared.ok) return;
  throw validationFailed(
    prepared.errors.map(({ path, message }) => ({ path: `state.${path}`, message })),
  );
}
