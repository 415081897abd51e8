import { ValidateBy } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';

/** The name under which the schema generator finds these rules; see `schema-of-class.ts`. */
export const TEXT_RULE = 'schoolbellText';

interface TextRules {
  description: string;
  /** Code points, as JSON Schema counts them. */
  minLength: number;
  maxLength: number;
  /** Read with the `u` flag, as JSON Schema has it. */
  pattern?: string;
  /** Said when the text is something else. */
  message: string;
}

/** A field that holds a text; the same rules for the class and for its JSON Schema. */
export function Text(rules: TextRules): PropertyDecorator {
  const pattern = rules.pattern === undefined ? undefined : new RegExp(rules.pattern, 'u');
  const fits = (value: unknown): boolean => {
    if (typeof value !== 'string') return false;
    const { length } = [...value];
    return length >= rules.minLength && length <= rules.maxLength && (pattern?.test(value) ?? true);
  };
  const validate = ValidateBy({
    name: TEXT_RULE,
    constraints: [rules],
    validator: { validate: fits, defaultMessage: () => rules.message },
  });
  return (target, property) => {
    validate(target, property);
    JSONSchema({ description: rules.description })(target, property as string);
  };
}

/** What `Text` left in the metadata of class-validator, as JSON Schema. */
export function textSchema(meta: { constraints: unknown[] }): Record<string, unknown> {
  const { minLength, maxLength, pattern } = meta.constraints[0] as TextRules;
  return { type: 'string', minLength, maxLength, ...(pattern === undefined ? {} : { pattern }) };
}
