// What a worker of the sandbox runs. Files here name each other with `.ts`: the tests have Node run them as they are.
import type { Evaluation, EvaluationRequest } from '../evaluation.js';
import { bodyOf } from './body-of.ts';
import { compile } from './compile.ts';
import { explain } from './explain.ts';
import { repeatFor, stopTheClock } from './repeatable.ts';

stopTheClock();
const truth = compile('$boolean($value)');

/** Never rejects: whatever an expression does wrong is its answer. */
export async function answer(request: EvaluationRequest): Promise<Evaluation<boolean | string>> {
  try {
    return { ok: true, value: await valueOf(request) };
  } catch (error) {
    return { ok: false, error: explain(error) };
  }
}

async function valueOf({ purpose, expression, input, at }: EvaluationRequest) {
  const compiled = compile(expression);
  if (purpose === 'check') return true;
  const document: { id?: unknown } = JSON.parse(input);
  repeatFor(at, String(document.id));
  const value: unknown = await compiled.evaluate(document);
  return purpose === 'template' ? bodyOf(value) : isTrue(value);
}

async function isTrue(value: unknown): Promise<boolean> {
  return (await truth.evaluate(undefined, { value })) === true;
}
