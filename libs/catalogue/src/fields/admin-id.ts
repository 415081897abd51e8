import { Id } from './id.js';

/** Who did it, when it was not the learner. */
export function AdminId(): PropertyDecorator {
  return Id('The administrator who did it, if one did.');
}
