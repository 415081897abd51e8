import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';

const ajv = new Ajv2020({
  // So that a developer can fix a body in one go.
  allErrors: true,
  // An `anyOf` of required fields has no type of its own; strict types would complain about that on the console.
  strictTypes: false,
  // Our own schemas are right, which a spec holds.
  validateSchema: false,
});

/**
 * One of our JSON Schemas, compiled at the first check, which takes some 10 ms: to compile all of them would make up a
 * quarter of the start of an API. A check then takes about a microsecond.
 */
export class LazySchema<T> {
  private compiled: ValidateFunction<T> | undefined;

  constructor(private readonly schema: () => object) {}

  fits(value: unknown): value is T {
    return (this.compiled ??= ajv.compile<T>(this.schema()))(value);
  }

  /** What is wrong with the value that was checked last. */
  get errors(): ErrorObject[] | null | undefined {
    return this.compiled?.errors;
  }
}
