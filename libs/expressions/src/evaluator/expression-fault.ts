import type { EvaluationErrorCode } from '../evaluation.js';

/** What is wrong with an expression, with JSONata's own error as its cause where there is one. */
export class ExpressionFault extends Error {
  readonly code: EvaluationErrorCode;

  constructor(code: EvaluationErrorCode, cause: unknown, message = '') {
    super(message, { cause });
    this.code = code;
  }
}
