import { COMPLETION_STATUSES } from '../scorm/status.js';
import { OneOf } from './one-of.js';

/** How far the learner is, in the terms of SCORM 2004. */
export function CompletionStatus(): PropertyDecorator {
  return OneOf('How far the learner is, in the terms of SCORM 2004.', COMPLETION_STATUSES);
}
