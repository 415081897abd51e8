import fc from 'fast-check';
import { EXTREME_TEXTS } from './hostile-values.js';

/** The part of JSON Schema 2020-12 that this OpenAPI document uses. */
export interface JsonSchema {
  $ref?: string;
  allOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  const?: unknown;
  enum?: unknown[];
  example?: unknown;
  type?: string | string[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: JsonSchema;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  maxProperties?: number;
}

/** Resolves a `$ref`. */
export type Resolve = (reference: string) => JsonSchema;

type Values = fc.Arbitrary<unknown>;

/** More serves no test: a list of a thousand events is as good as one of four. */
const MOST_ITEMS = 4;
const MOST_CHARACTERS = 2_000;

/** Without keys that are methods of every object: no body may have one. */
const anyJson: Values = fc.jsonValue({ maxDepth: 2 }).filter((value) => !hasMethodKey(value));

/** Values that fit a schema, often including its limits and its example. */
export function arbitraryOf(schema: JsonSchema, resolve: Resolve): Values {
  const whole = merged(schema, resolve);
  const made = madeOf(whole, resolve);
  return 'example' in whole && whole.example !== undefined
    ? fc.oneof(made, fc.constant(whole.example))
    : made;
}

/** The schema with all its references resolved. */
export function merged({ $ref, allOf = [], ...own }: JsonSchema, resolve: Resolve): JsonSchema {
  const parts = [...($ref ? [resolve($ref)] : []), ...allOf].map((part) => merged(part, resolve));
  return [...parts, own].reduce((all, part) => ({
    ...all,
    ...part,
    ...((all.properties ?? part.properties) && {
      properties: { ...all.properties, ...part.properties },
    }),
    ...((all.required ?? part.required) && {
      required: [...(all.required ?? []), ...(part.required ?? [])],
    }),
  }));
}

function madeOf(schema: JsonSchema, resolve: Resolve): Values {
  const { anyOf, oneOf, type } = schema;
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = anyOf ?? oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => arbitraryOf(choice, resolve)));
  const types = [type ?? (schema.properties ? 'object' : 'anything')].flat();
  return fc.oneof(...types.map((one) => ofType(one, schema, resolve)));
}

function ofType(type: string, schema: JsonSchema, resolve: Resolve): Values {
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return integers(schema);
    case 'number':
      return fc.oneof(integers(schema), numbers(schema));
    case 'string':
      return texts(schema);
    case 'array':
      return lists(schema, resolve);
    case 'object':
      return objects(schema, resolve);
    default:
      return anyJson;
  }
}

function hasMethodKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key in {} || hasMethodKey(inner));
}

function integers({ minimum, maximum }: JsonSchema): fc.Arbitrary<number> {
  const min = Math.ceil(minimum ?? Number.MIN_SAFE_INTEGER);
  const max = Math.floor(maximum ?? Number.MAX_SAFE_INTEGER);
  return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));
}

function numbers({ minimum = -1e15, maximum = 1e15 }: JsonSchema): fc.Arbitrary<number> {
  return fc.double({ min: minimum, max: maximum, noNaN: true, noDefaultInfinity: true });
}

function texts({ format, pattern, minLength = 0, maxLength }: JsonSchema): fc.Arbitrary<string> {
  const fits = (text: string): boolean =>
    text.length >= minLength && [...text].length <= (maxLength ?? Infinity);
  const ofFormat = format === undefined ? undefined : FORMATS[format];
  if (ofFormat)
    return ofFormat.filter((text) => fits(text) && new RegExp(pattern ?? '').test(text));
  if (pattern) return matching(pattern).filter(fits);
  const most = Math.min(maxLength ?? MOST_CHARACTERS, MOST_CHARACTERS);
  const plain = (unit: 'grapheme' | 'grapheme-ascii', longest: number) =>
    fc.string({ unit, minLength, maxLength: Math.max(minLength, longest) }).filter(fits);
  return fc.oneof(
    plain('grapheme', Math.min(most, 40)),
    plain('grapheme-ascii', Math.min(most, 40)),
    fc.constant('x'.repeat(Math.max(minLength, most))),
    fc.constantFrom(...EXTREME_TEXTS.filter(fits), 'x'.repeat(Math.max(minLength, 1))),
  );
}

/** fast-check generates texts for most patterns; for the others, fixed texts that match are tried. */
function matching(pattern: string): fc.Arbitrary<string> {
  const expression = new RegExp(pattern, 'u');
  if (!/\\p{|\(\?[=!]/.test(pattern)) return fc.stringMatching(expression);
  const plain = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
  const candidates = fc.oneof(
    plain,
    fc.emailAddress(),
    fc.constantFrom('P1D', 'PT1.5S', '2026-11-22'),
  );
  return candidates.filter((text) => expression.test(text));
}

/** Years that Postgres, JavaScript and RFC 3339 all support. */
const instants = fc
  .date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** fast-check's own `webUrl` takes a second for its map of all characters. */
const urls = fc
  .tuple(fc.constantFrom('http', 'https'), fc.domain(), fc.array(fc.string({ unit: 'grapheme' })))
  .map(([scheme, host, path]) => `${scheme}://${host}/${path.map(encodeURIComponent).join('/')}`);

const FORMATS: Record<string, fc.Arbitrary<string>> = {
  'date-time': instants,
  date: instants.map((instant) => instant.slice(0, 10)),
  uuid: fc.uuid(),
  email: fc.emailAddress(),
  uri: urls,
  hostname: fc.domain(),
  'iana-time-zone': fc.constantFrom('UTC', ...Intl.supportedValuesOf('timeZone')),
};

function lists(schema: JsonSchema, resolve: Resolve): Values {
  const { items = {}, minItems = 0, maxItems = MOST_ITEMS, uniqueItems } = schema;
  const item = arbitraryOf(items, resolve);
  const lengths = {
    minLength: minItems,
    maxLength: Math.max(minItems, Math.min(maxItems, MOST_ITEMS)),
  };
  return uniqueItems
    ? fc.uniqueArray(item, { ...lengths, selector: (value) => JSON.stringify(value) })
    : fc.array(item, lengths);
}

function objects(schema: JsonSchema, resolve: Resolve): Values {
  const { properties = {}, required = [], additionalProperties } = schema;
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name, arbitraryOf(field, resolve)]),
  );
  const known = fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
  if (!additionalProperties) return known;
  const value = arbitraryOf(additionalProperties === true ? {} : additionalProperties, resolve);
  const key = fc.string({ minLength: 1, maxLength: 20 }).filter((name) => !(name in {}));
  const others = fc.dictionary(key, value, { maxKeys: MOST_ITEMS, noNullPrototype: true });
  return fc.tuple(others, known).map(([some, all]) => ({ ...some, ...all }));
}
