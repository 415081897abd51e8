import { Type } from 'class-transformer';
import { IsObject, ValidateNested } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import type { DataClass } from '../data-class.js';
import { schemaOfClass } from '../schema-of-class.js';

/** A field that holds an object with a class of its own, whose schema is written out where it stands. */
export function Nested(description: string, childClass: DataClass): PropertyDecorator {
  const decorators = [IsObject(), ValidateNested(), Type(() => childClass)];
  const schema = JSONSchema((own) => ({ ...own, description, ...schemaOfClass(childClass) }));
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
    schema(target, property as string);
  };
}
