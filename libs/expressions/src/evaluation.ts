/**
 * Why an evaluation gives nothing.
 *
 * - `syntax`: the expression cannot be parsed;
 * - `evaluation`: it failed on this event, by JSONata's rules;
 * - `no_result`: a template that gives nothing, or a function;
 * - `too_large`: the expression, the event or the body is over its limit;
 * - `deadline`: it ran for longer than 50 ms and was stopped;
 * - `memory`: it needed more memory than an evaluator has;
 * - `unavailable`: no evaluator took it in time. This says nothing about the expression: try again.
 */
export type EvaluationErrorCode =
  'syntax' | 'evaluation' | 'no_result' | 'too_large' | 'deadline' | 'memory' | 'unavailable';

export interface EvaluationError {
  code: EvaluationErrorCode;
  /** For the webhook's owner: what happened, and what to do where that is not plain. */
  message: string;
  /** Where in the expression, in UTF-16 units from 0. */
  position?: number;
}

export type Evaluation<T> = { ok: true; value: T } | { ok: false; error: EvaluationError };

/** What an expression is evaluated for. `check` only parses it. */
export type Purpose = 'check' | 'filter' | 'template';

export type AnyEvaluation = Evaluation<boolean | string>;

/** What goes to an evaluator. */
export interface EvaluationRequest {
  purpose: Purpose;
  expression: string;
  /** The document that the expression sees, as JSON text. */
  input: string;
  /** Milliseconds since 1970: what `$now()` and `$millis()` give. */
  at: number;
}

export function failed(
  code: EvaluationErrorCode,
  message: string,
  position?: number,
): { ok: false; error: EvaluationError } {
  return { ok: false, error: { code, message, ...(position !== undefined && { position }) } };
}

/** The kind of a failure, and where in the expression it is: no value of the event is in it. */
export function whereFailed({
  code,
  position,
}: Pick<EvaluationError, 'code' | 'position'>): string {
  return position === undefined ? code : `${code}, position ${position}`;
}
