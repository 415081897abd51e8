import 'reflect-metadata';
import { type ArgumentMetadata, Body, type PipeTransform, Query } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { type FieldError, validationFailed } from './api-error.js';

type Constructor = new () => object;

/**
 * Checks `value` against the rules of a class with class-validator decorators. Unknown fields are refused.
 *
 * @throws ApiError `validation_failed` with a path for each broken rule
 */
export function validated<T extends object>(type: new () => T, value: unknown): T {
  const plain = value ?? {};
  if (typeof plain !== 'object' || Array.isArray(plain)) {
    throw validationFailed([{ path: '', message: 'must be a JSON object' }]);
  }
  if (hasConstructorKey(plain)) {
    throw validationFailed([{ path: '', message: 'must not have a key named constructor' }]);
  }
  const instance = plainToInstance(type, plain, { exposeDefaultValues: true });
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false },
  });
  if (errors.length > 0) throw validationFailed(flatten(errors));
  return instance;
}

/** class-transformer calls what it finds under that name, and no setting has it. */
function hasConstructorKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, 'constructor') || Object.values(value).some(hasConstructorKey);
}

class ValidationPipe implements PipeTransform {
  transform(value: unknown, { metatype }: ArgumentMetadata): unknown {
    return validated(metatype as Constructor, value);
  }
}

const PIPE = new ValidationPipe();

/** The body, checked against the class of the parameter; none at all counts as `{}`. */
export const ValidBody = (): ParameterDecorator => Body(PIPE);

/** The query, checked against the class of the parameter. */
export const ValidQuery = (): ParameterDecorator => Query(PIPE);

function flatten(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const path = join(parent, error.property);
    const own = messagesOf(error).map((message) => ({ path, message }));
    return [...own, ...flatten(error.children ?? [], path)];
  });
}

/** A value that is missing or of the wrong kind breaks every other rule too; saying so once is enough. */
const RULES_OF_KIND = ['isString', 'isInt', 'isArray', 'isObject', 'isBoolean', 'isIn'];

function messagesOf({ constraints = {}, property, value }: ValidationError): string[] {
  if ('whitelistValidation' in constraints) return ['is not a field of this request'];
  const messages = Object.values(constraints);
  if (messages.length === 0) return [];
  if (value === undefined) return ['is required'];
  const rule = RULES_OF_KIND.find((kind) => constraints[kind]?.startsWith('each value') === false);
  return (rule ? [constraints[rule]!] : messages).map((message) => tidy(message, property));
}

function join(parent: string, property: string): string {
  if (parent && /^\d+$/.test(property)) return `${parent}[${property}]`;
  return parent ? `${parent}.${property}` : property;
}

/** class-validator starts its messages with the field's name, which `path` says already. */
function tidy(message: string, property: string): string {
  const prefix = `${property} `;
  return message.startsWith(prefix) ? message.slice(prefix.length) : message;
}
