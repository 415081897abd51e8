import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

// All errors, so that a developer can fix a body in one go. An `anyOf` of required fields has no type of its own, and
// strict types would complain about that on the console.
const ajv = new Ajv2020({ allErrors: true, strictTypes: false });

/** Compiles a JSON Schema once, at boot: a check then takes about a microsecond. */
export function compileSchema<T>(schema: object): ValidateFunction<T> {
  return ajv.compile<T>(schema);
}
