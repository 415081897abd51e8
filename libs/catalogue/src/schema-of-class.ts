import { MAX, MIN, ValidationTypes } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import type { DataClass } from './data-class.js';
import { TEXT_RULE, textSchema } from './fields/text.js';

/** JSON Schema 2020-12; without `$schema`, so that it also stands inside an OpenAPI 3.1 document. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const CONVERTERS = {
  [TEXT_RULE]: textSchema,
  // The generator's own would put a $ref here; `Nested` writes the schema itself.
  [ValidationTypes.NESTED_VALIDATION]: {},
  // The generator's own add `"type": "number"`, which widens an integer.
  [MIN]: (meta: { constraints: number[] }) => ({ minimum: meta.constraints[0] }),
  [MAX]: (meta: { constraints: number[] }) => ({ maximum: meta.constraints[0] }),
};

/**
 * The JSON Schema of a data class, from its class-validator decorators. Self-contained: nested classes are
 * written out where they stand. Fields that the class does not know are allowed.
 */
export function schemaOfClass(dataClass: DataClass): JsonSchema {
  const schema = targetConstructorToSchema(dataClass, { additionalConverters: CONVERTERS });
  return { ...schema };
}
