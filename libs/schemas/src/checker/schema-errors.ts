import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Fault } from '../fault.js';

/** More than this help nobody and could make an answer larger than its request. */
const MAX_ERRORS = 50;
/** Of an `enum`, which may list thousands. */
const MAX_VALUES_SHOWN = 20;

/**
 * What Ajv found, as the API's field errors: a path in dots and brackets, and a sentence about the field.
 *
 * @param parent path of the value that was checked; empty for the body
 */
export function schemaErrors(
  errors: readonly ErrorObject[] | null | undefined,
  parent = '',
): Fault[] {
  const all = errors ?? [];
  const telling = all.filter(isTelling);
  // A field may be named anyOf: whatever does not fit has an error.
  const shown = telling.length > 0 ? telling : all;
  return shown.slice(0, MAX_ERRORS).map((error) => ({
    path: joinPath(parent, pathOf(error)),
    message: messageOf(error, all),
  }));
}

export function joinPath(parent: string, child: string): string {
  if (!parent || !child) return parent || child;
  return child.startsWith('[') ? parent + child : `${parent}.${child}`;
}

/** The alternatives of an `anyOf` fail one by one; the `anyOf` itself tells of all of them. */
function isTelling(error: ErrorObject): boolean {
  return !error.schemaPath.includes('/anyOf/');
}

function pathOf(error: ErrorObject): string {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((at, part) => joinPath(at, /^\d+$/.test(part) ? `[${part}]` : part), '');
  const { missingProperty, additionalProperty } = error.params as Record<string, string>;
  return joinPath(path, missingProperty ?? additionalProperty ?? '');
}

function messageOf(error: ErrorObject, all: readonly ErrorObject[]): string {
  switch (error.keyword) {
    case 'required':
      return 'is required';
    case 'additionalProperties':
      return 'is not a field of this request';
    case 'enum':
      return `must be one of: ${listed(error.params['allowedValues'] as unknown[])}`;
    case 'type':
      return `must be ${withArticle(String(error.params['type']))}`;
    case 'pattern':
      return 'does not match the pattern for this field';
    case 'anyOf':
      return `must have one of: ${alternatives(error, all).join(', ')}`;
    default:
      return (error.message ?? 'is not valid').replace('must NOT', 'must not');
  }
}

function alternatives(anyOf: ErrorObject, all: readonly ErrorObject[]): string[] {
  return all
    .filter((error) => error.schemaPath.startsWith(`${anyOf.schemaPath}/`))
    .map((error) => String(error.params['missingProperty'] ?? error.message));
}

function listed(values: readonly unknown[]): string {
  const shown = values.slice(0, MAX_VALUES_SHOWN).join(', ');
  return values.length > MAX_VALUES_SHOWN ? `${shown}, …` : shown;
}

function withArticle(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}
