import type { EvaluationError } from '../evaluation.js';
import { ExpressionFault } from './expression-fault.ts';

/** JSONata quotes values of the event in its messages, whatever their length. */
const MAX_MESSAGE_CHARACTERS = 300;

/** What whoever wrote the expression is told of a failure. */
export function explain(error: unknown): EvaluationError {
  if (!(error instanceof ExpressionFault)) return { code: 'evaluation', ...described(error) };
  if (error.message !== '') return { code: error.code, message: error.message };
  return { code: error.code, ...described(error.cause) };
}

/** What JSONata throws is a plain object with a message, and often a position behind the fault. */
function described(error: unknown): Omit<EvaluationError, 'code'> {
  if (error instanceof RangeError) return { message: ofRangeError(error) };
  const { message, position } = error as { message?: unknown; position?: unknown };
  const text = String(message ?? 'The expression failed.').slice(0, MAX_MESSAGE_CHARACTERS);
  return typeof position === 'number' ? { message: text, position } : { message: text };
}

function ofRangeError({ message }: RangeError): string {
  return message.includes('call stack')
    ? 'The expression, or what it builds, nests too deeply.'
    : `The expression builds something too large: ${message}.`;
}
