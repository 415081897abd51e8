import { Text } from './text.js';

const MAX_ID_LENGTH = 255;

// No control characters, no lone surrogates: ids go into headers, indexes and log lines.
export const ID_PATTERN = '^[^\\p{Cc}\\p{Cs}]+$';
const ID = new RegExp(ID_PATTERN, 'u');

/** An id of the runtime's own making: 1 to 255 characters, never parsed. */
export function Id(description: string): PropertyDecorator {
  return Text({
    description,
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    pattern: ID_PATTERN,
    message: '$property must be a text of 1 to 255 characters, none of them a control character',
  });
}

export function isId(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 2 * MAX_ID_LENGTH) return false;
  return [...value].length <= MAX_ID_LENGTH && ID.test(value);
}
