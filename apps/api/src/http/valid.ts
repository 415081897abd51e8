import 'reflect-metadata';
import { type ArgumentMetadata, Body, type PipeTransform, Query } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { type FieldError, validationFailed } from './api-error.js';

type Constructor = new () => object;

/**
 * Checks `value` against a class with class-validator decorators. Unknown fields are refused.
 *
 * @throws ApiError `validation_failed` with a path for each broken rule
 */
export function validated<T extends object>(type: new () => T, value: unknown): T {
  const plain = value ?? {};
  if (typeof plain !== 'object' || Array.isArray(plain)) {
    throw validationFailed([{ path: '', message: 'must be a JSON object' }]);
  }
  const method = keyOfMethod(plain);
  if (method !== undefined) {
    throw validationFailed([{ path: '', message: `must not have a key named ${method}` }]);
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

/**
 * A key whose name is a method of every object. class-transformer calls what it finds under `constructor`, and drops
 * the others silently.
 */
function keyOfMethod(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = Object.hasOwn(Object.prototype, key) ? key : keyOfMethod(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

class ValidationPipe implements PipeTransform {
  transform(value: unknown, { metatype }: ArgumentMetadata): unknown {
    return validated(metatype as Constructor, value);
  }
}

const PIPE = new ValidationPipe();

/** The body, checked against the parameter's class; a missing body counts as `{}`. */
export const ValidBody = (): ParameterDecorator => Body(PIPE);

/** The query, checked against the parameter's class. */
export const ValidQuery = (): ParameterDecorator => Query(PIPE);

function flatten(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const path = join(parent, error.property);
    const own = messagesOf(error).map((message) => ({ path, message }));
    return [...own, ...flatten(error.children ?? [], path)];
  });
}

/** A missing value, or one of the wrong kind, breaks every other rule too; one message is enough. */
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

/** class-validator begins its messages with the field's name, which `path` has already. */
function tidy(message: string, property: string): string {
  const prefix = `${property} `;
  return message.startsWith(prefix) ? message.slice(prefix.length) : message;
}
