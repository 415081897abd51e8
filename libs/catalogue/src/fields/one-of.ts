import { IsIn } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';

/** One of a few values. */
export function OneOf(
  description: string,
  values: readonly string[] | readonly number[],
): PropertyDecorator {
  const validate = IsIn(values);
  return (target, property) => {
    validate(target, property);
    JSONSchema({ description })(target, property as string);
  };
}
