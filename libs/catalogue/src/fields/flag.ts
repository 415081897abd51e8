import { IsBoolean } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';

/** True or false. */
export function Flag(description: string): PropertyDecorator {
  const validate = IsBoolean();
  return (target, property) => {
    validate(target, property);
    JSONSchema({ description })(target, property as string);
  };
}
