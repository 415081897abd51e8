import { Text } from './text.js';

const MAX_LENGTH = 1000;

/** A text for people, such as a title or a name; may be empty. */
export function Line(description: string, maxLength = MAX_LENGTH): PropertyDecorator {
  return Text({
    description,
    minLength: 0,
    maxLength,
    message: `$property must be a text of at most ${maxLength} characters`,
  });
}
