import { Sandbox, type SandboxOptions } from '@schoolbell/sandbox';
import { failed, type AnyEvaluation, type Evaluation, type Purpose } from './evaluation.js';
import type { EvaluationRequest } from './evaluation.js';
import { EVALUATOR } from './evaluator-program.js';
import { MAX_EXPRESSION_CHARACTERS, MAX_INPUT_CHARACTERS } from './limits.js';

/** An expression, and the event to evaluate it on. */
export interface ExpressionOnEvent {
  /** Whose it is: keys take turns, and one that runs over its deadline slows down only itself. A tenant's id. */
  key: string;
  /** JSONata, at most 16,384 characters. */
  expression: string;
  /** The document that it sees, as JSON text: `filterDocument()` or `templateDocument()`. */
  input: string;
  /** What `$now()` gives, so that an expression gives the same every time: when the event was accepted. */
  at: Date;
}

/**
 * Evaluates customers' JSONata expressions in processes apart: 50 ms each, in bounded memory, with no way to
 * files, network or secrets. Nothing that an expression does can hold up or end this process.
 */
export class ExpressionPool {
  private readonly sandbox: Sandbox<EvaluationRequest, AnyEvaluation>;

  constructor(options: SandboxOptions = {}) {
    this.sandbox = new Sandbox(EVALUATOR, options);
  }

  /** Whether the expression can be parsed; it is not run. */
  check(key: string, expression: string): Promise<Evaluation<boolean>> {
    const request = { key, expression, input: 'null', at: new Date(0) };
    return this.evaluate('check', request) as Promise<Evaluation<boolean>>;
  }

  /** Whether the filter wants the event, by the rules of JSONata's `$boolean`; nothing is false. */
  filter(on: ExpressionOnEvent): Promise<Evaluation<boolean>> {
    return this.evaluate('filter', on) as Promise<Evaluation<boolean>>;
  }

  /** The body that the template gives: a string as it is, anything else as compact JSON; at most 1 MiB. */
  render(on: ExpressionOnEvent): Promise<Evaluation<string>> {
    return this.evaluate('template', on) as Promise<Evaluation<string>>;
  }

  /** Whoever still waits is answered `unavailable`; what is asked for later is rejected. */
  close(): void {
    this.sandbox.close();
  }

  private async evaluate(
    purpose: Purpose,
    { key, expression, input, at }: ExpressionOnEvent,
  ): Promise<AnyEvaluation> {
    if (expression.length > MAX_EXPRESSION_CHARACTERS) return EXPRESSION_TOO_LARGE;
    if (input.length > MAX_INPUT_CHARACTERS) return INPUT_TOO_LARGE;
    return this.sandbox.ask(key, { purpose, expression, input, at: at.getTime() });
  }
}

const EXPRESSION_TOO_LARGE = failed(
  'too_large',
  `The expression is longer than ${MAX_EXPRESSION_CHARACTERS} characters. Shorten it.`,
);
const INPUT_TOO_LARGE = failed(
  'too_large',
  `The event is larger than ${MAX_INPUT_CHARACTERS} characters of JSON, so no expression is run on it.`,
);
