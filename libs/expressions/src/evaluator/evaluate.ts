import type { Evaluation, EvaluationRequest } from '../evaluation.js';
import { bodyOf } from './body-of.ts';
import { compile } from './compile.ts';
import { explain } from './explain.ts';
import { repeatFor } from './repeatable.ts';

const truth = compile('$boolean($value)');

/** Never rejects: whatever an expression does wrong is its answer. */
export async function evaluate(request: EvaluationRequest): Promise<Evaluation<boolean | string>> {
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
