import type { SendResult } from '@schoolbell/delivery';
import type { PreparedAttempt } from '../preparing/prepare-attempt.js';
import type { Reading } from './read-answer.js';

/** A finished attempt: its request, the result, and what the format's rules say about the answer. */
export interface MadeAttempt {
  prepared: PreparedAttempt;
  result: SendResult;
  reading: Reading;
}
