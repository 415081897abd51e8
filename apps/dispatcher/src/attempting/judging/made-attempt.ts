import type { SendResult } from '@schoolbell/delivery';
import type { PreparedAttempt } from '../preparing/prepare-attempt.js';
import type { Reading } from './read-answer.js';

/** An attempt that is over: what was to be sent, what came of it, and what the format's rules say of the answer. */
export interface MadeAttempt {
  prepared: PreparedAttempt;
  result: SendResult;
  reading: Reading;
}
