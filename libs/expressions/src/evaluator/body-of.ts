import { ExpressionFault } from './expression-fault.ts';

/** 1 MiB, in bytes of UTF-8. */
const MAX_BODY_BYTES = 1_048_576;

/**
 * The body that a template's value makes: a string as it is, anything else as compact JSON.
 *
 * @throws {ExpressionFault} `no_result` for nothing and for functions, `too_large` over 1 MiB
 */
export function bodyOf(value: unknown): string {
  const body = typeof value === 'string' ? value : JSON.stringify(value, refuseFunctions);
  if (body === undefined) throw new ExpressionFault('no_result', undefined, NOTHING);
  if (Buffer.byteLength(body) > MAX_BODY_BYTES)
    throw new ExpressionFault('too_large', undefined, TOO_LARGE);
  return body;
}

const NOTHING =
  'The template returns nothing for this event. Make it return an object or a string.';
const FUNCTION = 'The template returns a function. Call the function, or leave it out.';
const TOO_LARGE = 'The template returns a body of more than 1 MiB. Make it return less.';

function refuseFunctions(_: string, value: unknown): unknown {
  if (isFunction(value)) throw new ExpressionFault('no_result', undefined, FUNCTION);
  return value;
}

/** JSONata's own functions and lambdas are objects with a mark, its patterns are functions. */
function isFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null) return false;
  return '_jsonata_function' in value || '_jsonata_lambda' in value;
}
