import type { Fault } from './fault.js';
import { MAX_SCHEMA_BYTES, MAX_SCHEMA_DEPTH } from './limits.js';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** Keywords of JSON Schema by what stands behind them: one schema, a list of schemas, schemas by name. */
const ONE = [
  'additionalProperties',
  'contains',
  'contentSchema',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
];
const LIST = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const BY_NAME = [
  '$defs',
  'definitions',
  // Of earlier drafts, and Ajv goes by it.
  'dependencies',
  'dependentSchemas',
  'patternProperties',
  'properties',
];

/** Each quotes names of the schema in its path: an answer could be a thousand times as large as its request. */
const MAX_FAULTS = 50;
const MAX_PATH_CHARACTERS = 300;

/** What would give a schema another name or dialect, or have it find its parts elsewhere. */
const REFUSED: Readonly<Record<string, string>> = {
  $id: 'is not allowed: a schema has no address here, and refers to its parts by `#/$defs/…`',
  $dynamicRef: 'is not allowed: use $ref',
  $dynamicAnchor: 'is not allowed: use $anchor or $defs',
  $recursiveRef: 'is not allowed: use $ref',
  $recursiveAnchor: 'is not allowed: use $anchor or $defs',
  $vocabulary: 'is not allowed: the dialect is JSON Schema 2020-12',
  $async: 'is not a keyword of JSON Schema',
};

/**
 * The rules that a schema of a customer keeps before anybody compiles it: size, depth, and no way out of itself.
 * Whether it is a schema at all, its compiler says.
 *
 * @param path of the schema in the request
 * @returns what it breaks, at most 50 faults; of a schema that is too large or deep, only that
 */
export function schemaFaults(schema: unknown, path: string): Fault[] {
  if (!isObject(schema) && typeof schema !== 'boolean') {
    return [{ path, message: 'must be an object or a boolean' }];
  }
  if (depthOf(schema) > MAX_SCHEMA_DEPTH) {
    return [{ path, message: `must not nest deeper than ${MAX_SCHEMA_DEPTH} levels` }];
  }
  if (Buffer.byteLength(JSON.stringify(schema)) > MAX_SCHEMA_BYTES) {
    return [{ path, message: `must not be larger than ${MAX_SCHEMA_BYTES / 1024} KiB` }];
  }
  return [...dialectFaults(schema, path), ...faultsIn(schema, path)]
    .slice(0, MAX_FAULTS)
    .map((fault) => ({ ...fault, path: fault.path.slice(0, MAX_PATH_CHARACTERS) }));
}

/** Of objects and lists; 0 for anything else. Bodies are at most 64 deep, so it may recurse. */
function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let deepest = 0;
  for (const item of Object.values(value)) deepest = Math.max(deepest, depthOf(item));
  return 1 + deepest;
}

function dialectFaults(schema: unknown, path: string): Fault[] {
  const dialect = isObject(schema) ? schema['$schema'] : undefined;
  if (dialect === undefined || dialect === DIALECT || dialect === `${DIALECT}#`) return [];
  return [{ path: `${path}.$schema`, message: `must be ${DIALECT}, or left out` }];
}

/** Only where a schema stands: a property may well be named `$ref`. */
function faultsIn(schema: unknown, path: string): Fault[] {
  if (!isObject(schema)) return [];
  return [
    ...Object.keys(schema).flatMap((keyword) => keywordFaults(schema, keyword, path)),
    ...subschemasOf(schema).flatMap(([at, sub]) => faultsIn(sub, `${path}.${at}`)),
  ];
}

function keywordFaults(schema: Record<string, unknown>, keyword: string, path: string): Fault[] {
  if (Object.hasOwn(REFUSED, keyword)) {
    return [{ path: `${path}.${keyword}`, message: REFUSED[keyword]! }];
  }
  if (keyword !== '$ref' || isLocal(schema[keyword])) return [];
  const message = 'must begin with #: a schema refers to its own parts only, such as #/$defs/line';
  return [{ path: `${path}.$ref`, message }];
}

function isLocal(reference: unknown): boolean {
  return typeof reference === 'string' && reference.startsWith('#');
}

function subschemasOf(schema: Record<string, unknown>): [at: string, schema: unknown][] {
  return Object.entries(schema).flatMap(([keyword, value]): [string, unknown][] => {
    if (ONE.includes(keyword)) return [[keyword, value]];
    if (LIST.includes(keyword) && Array.isArray(value)) {
      return value.map((sub, index) => [`${keyword}[${index}]`, sub]);
    }
    if (!BY_NAME.includes(keyword) || !isObject(value)) return [];
    return Object.entries(value).map(([name, sub]) => [`${keyword}.${name}`, sub]);
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
