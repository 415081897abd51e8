import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

// All errors, so that a developer mends a body in one go. An `anyOf` of required fields has no type of its
// own, which strict types would complain of on the console.
const ajv = new Ajv2020({ allErrors: true, strictTypes: false });

/** Compiles a JSON Schema once, at boot: checking then costs about a microsecond. */
export function compileSchema<T>(schema: object): ValidateFunction<T> {
  return ajv.compile<T>(schema);
}
