// What a worker of the sandbox runs. Files here name each other with `.ts`: the tests have Node run them as they are.
import type { Allow } from '@schoolbell/sandbox';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { Fault } from '../fault.js';
import type { CheckFault, CheckRequest, SchemaCheck } from '../schema-check.js';
import { compile, compiled, SchemaFault } from './compile.ts';
import { schemaErrors } from './schema-errors.ts';

/** Names of properties are quoted in paths and messages, whatever their length. */
const MAX_CHARACTERS = 300;

/** Never throws: whatever is wrong with schema or data is the answer. */
export function answer(request: CheckRequest, allow: Allow): SchemaCheck {
  const { schema, data } = request;
  try {
    const fits = compiled(schema) ?? compileWithin(request, allow);
    return fits(JSON.parse(data)) ? { ok: true } : refused('data', schemaErrors(fits.errors));
  } catch (error) {
    return refused('schema', error instanceof SchemaFault ? error.faults : [ENDLESS]);
  }
}

function compileWithin(
  { schema, compileMs, checkMs }: CheckRequest,
  allow: Allow,
): ValidateFunction {
  allow(compileMs);
  const fits = compile(schema);
  allow(checkMs);
  return fits;
}

/** A sound schema throws only when it calls itself too deeply. */
const ENDLESS: Fault = { path: '', message: 'refers to itself without end' };

function refused(fault: CheckFault, faults: readonly Fault[]): SchemaCheck {
  const errors = faults.map(({ path, message }) => ({
    path: path.slice(0, MAX_CHARACTERS),
    message: message.slice(0, MAX_CHARACTERS),
  }));
  return { ok: false, fault, errors };
}
