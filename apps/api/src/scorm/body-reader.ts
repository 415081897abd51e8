import { schemaErrors } from '@schoolbell/schemas';
import { LazySchema } from '../events/lazy-schema.js';
import { validationFailed } from '../http/api-error.js';

/** @returns a reader of bodies of this JSON Schema, which throws ApiError `validation_failed` */
export function bodyReader<T>(schema: object): (body: unknown) => T {
  const wanted = new LazySchema<T>(() => schema);
  return (body) => {
    if (wanted.fits(body)) return body;
    throw validationFailed(schemaErrors(wanted.errors));
  };
}
