/** One field of an event's `data`, in words. */
interface Field {
  /** With the fields that contain it: `learner.email`. */
  path: string;
  required: boolean;
  /** "text of up to 255 characters", "passed or failed", "number from 0 to 1" */
  kind: string;
  description: string;
}

type Schema = Record<string, unknown>;

/** Deeper fields are left to the schema itself. */
const MOST_DEPTH = 5;

/** The fields of a JSON Schema, required ones first, each followed by the fields inside it. */
export function fieldsOf(schema: unknown, path = '', depth = 0): Field[] {
  if (!isSchema(schema) || depth === MOST_DEPTH) return [];
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const named = Object.entries(isSchema(schema.properties) ? schema.properties : {});
  return named
    .toSorted(([a], [b]) => Number(required.has(b)) - Number(required.has(a)))
    .flatMap(([name, inner]) => {
      const own = path === '' ? name : `${path}.${name}`;
      const field: Field = {
        path: own,
        required: required.has(name),
        kind: kindOf(inner),
        description: descriptionOf(inner),
      };
      return [field, ...fieldsOf(innerOf(inner), innerPath(inner, own), depth + 1)];
    });
}

const descriptionOf = (schema: unknown): string =>
  isSchema(schema) && typeof schema.description === 'string' ? schema.description : '';

/** The kind of value, in words. */
export function kindOf(schema: unknown): string {
  if (!isSchema(schema)) return schema === false ? 'nothing' : 'anything';
  if (Array.isArray(schema.enum)) return listOf(schema.enum.map(String));
  if ('const' in schema) return String(schema.const);
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return listOf([...new Set(choices.map(kindOf))]);
  if (Array.isArray(schema.type)) {
    return listOf(schema.type.map((type) => kindOf({ ...schema, type })));
  }
  switch (schema.type) {
    case 'string':
      return `${textOf(schema)}${lengthOf(schema)}`;
    case 'integer':
      return `whole number${rangeOf(schema)}`;
    case 'number':
      return `number${rangeOf(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return `list of ${schema.items === undefined ? 'anything' : kindOf(schema.items)}`;
    case 'object':
      return 'object';
    case 'null':
      return 'null';
    default:
      return 'anything';
  }
}

function textOf({ format, pattern }: Schema): string {
  if (format === 'date-time') return 'date and time';
  if (typeof format === 'string') return format;
  // The catalogue's dates are recognised by their pattern alone.
  if (typeof pattern === 'string' && pattern.startsWith(String.raw`^\d{4}-`)) {
    return pattern.includes('T') ? 'date, with or without a time' : 'month';
  }
  return 'text';
}

function lengthOf({ format, pattern, maxLength }: Schema): string {
  const isDate = typeof pattern === 'string' && pattern.startsWith(String.raw`^\d{4}-`);
  if (format !== undefined || isDate || typeof maxLength !== 'number') return '';
  return ` of up to ${maxLength.toLocaleString('en')} characters`;
}

function rangeOf({ minimum, maximum }: Schema): string {
  // Nobody reaches the limit of exact integers, so it is not shown as a bound.
  const isBound = (value: unknown): value is number =>
    typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  if (isBound(minimum) && isBound(maximum)) return ` from ${minimum} to ${maximum}`;
  if (isBound(minimum)) return `, at least ${minimum}`;
  return isBound(maximum) ? `, at most ${maximum}` : '';
}

function innerOf(schema: unknown): unknown {
  return isSchema(schema) && schema.type === 'array' ? schema.items : schema;
}

function innerPath(schema: unknown, path: string): string {
  return isSchema(schema) && schema.type === 'array' ? `${path}[]` : path;
}

function listOf(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}
