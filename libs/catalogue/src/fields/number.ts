import { IsInt, IsNumber, Max, Min } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';

const MAX = Number.MAX_SAFE_INTEGER;

/** A number in a range; by default any that JSON carries without loss of whole digits. */
export function Decimal(description: string, min = -MAX, max = MAX): PropertyDecorator {
  return all(IsNumber(), Min(min), Max(max), describe(description));
}

/** A whole number in a range. */
export function Whole(description: string, min = 0, max = MAX): PropertyDecorator {
  return all(IsInt(), Min(min), Max(max), describe(description));
}

function describe(description: string): PropertyDecorator {
  return (target, property) => JSONSchema({ description })(target, property as string);
}

function all(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => decorators.forEach((decorate) => decorate(target, property));
}
