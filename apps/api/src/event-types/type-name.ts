import { Text, type TextDocs } from '../fields/text.js';
import { MAX_NAME_LENGTH } from './event-type-names.js';

/** The name of an event type, of the catalogue or of the tenant's own. */
export function TypeName(docs: TextDocs): PropertyDecorator {
  return Text({ minLength: 1, maxLength: MAX_NAME_LENGTH, ...docs });
}
