import { validationFailed } from '../http/api-error.js';
import { compileSchema } from '../events/compile-schema.js';
import { schemaErrors } from '@schoolbell/schemas';

/** @returns a reader of bodies of this JSON Schema, which throws ApiError `validation_failed` */
export function compileBody<T>(schema: object): (body: unknown) => T {
  const fits = compileSchema<T>(schema);
  return (body) => {
    if (fits(body)) return body;
    throw validationFailed(schemaErrors(fits.errors));
  };
}
