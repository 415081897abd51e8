import { ValidateIf } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';

/** The field may be absent. `null` is not absence: it is refused, as JSON Schema would. */
export function Optional(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/**
 * The field may be absent only where another is there: one of the two is required. Once in a class, and
 * its subclasses do not inherit it into their schema.
 */
export function RequiredUnless(other: string): PropertyDecorator {
  const validate = ValidateIf(
    (data: Record<string, unknown>, value) => value !== undefined || data[other] === undefined,
  );
  return (target, property) => {
    validate(target, property);
    const anyOf = [String(property), other].map((name) => ({ required: [name] }));
    JSONSchema({ anyOf })(target.constructor);
  };
}
