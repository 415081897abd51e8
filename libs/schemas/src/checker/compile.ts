import { createRequire } from 'node:module';
import type { Ajv2020, ValidateFunction } from 'ajv/dist/2020.js';
import type { Fault } from '../fault.js';
import { schemaErrors } from './schema-errors.ts';

// By their paths, since looking for a package reads folders that this process has no permission for.
const require = createRequire(import.meta.url);
const { Ajv2020: Ajv }: { Ajv2020: typeof Ajv2020 } = require(String(process.argv[3]));
const addFormats: (ajv: Ajv2020) => void = require(String(process.argv[4]));

const ajv = new Ajv({
  // All errors, so that a developer mends an event in one go.
  allErrors: true,
  // A keyword that nobody knows is a typing error. The other strict rules find fault with sound schemas.
  strictSchema: true,
  strictTypes: false,
  strictTuples: false,
  allowMatchingProperties: true,
  // Code that is written out at each of a thousand references is too much code.
  inlineRefs: false,
  code: { optimize: false },
  validateSchema: false,
  addUsedSchema: false,
  logger: false,
});
addFormats(ajv);

/** What is kept compiled, in characters of schemas: some 20 MiB of code at most. */
const MAX_KEPT_CHARACTERS = 524_288;

interface Compiled {
  schema: object | boolean;
  fits: ValidateFunction;
}

// Not an LRUCache: lru-cache would be one more package to hand in by its path.
const kept = new Map<string, Compiled>();
let keptCharacters = 0;

/** Why a schema cannot be compiled. */
export class SchemaFault extends Error {
  readonly faults: Fault[];

  constructor(faults: Fault[]) {
    super('This is not a schema.');
    this.faults = faults;
  }
}

/** The check that a schema makes, when it was compiled before and used lately. */
export function compiled(text: string): ValidateFunction | undefined {
  const known = kept.get(text);
  if (!known) return undefined;
  // Put behind all others: the first of the map is the one that was not used for longest.
  kept.delete(text);
  kept.set(text, known);
  return known.fits;
}

/**
 * @param text JSON
 * @throws {SchemaFault}
 */
export function compile(text: string): ValidateFunction {
  const schema = JSON.parse(text);
  if (!ajv.validateSchema(schema)) throw new SchemaFault(schemaErrors(ajv.errors));
  try {
    const fits = ajv.compile(schema);
    // Its answer would be a promise, which is true whatever comes of it.
    if ('$async' in fits) throw new Error('$async is not a keyword of JSON Schema');
    keep(text, { schema, fits });
    return fits;
  } catch (error) {
    ajv.removeSchema(schema);
    throw new SchemaFault([{ path: '', message: messageOf(error) }]);
  }
}

function keep(text: string, compiledNow: Compiled): void {
  kept.set(text, compiledNow);
  keptCharacters += text.length;
  forgetOldest();
}

function messageOf(error: unknown): string {
  if (error instanceof RangeError) return 'nests too deeply, or refers to itself without end';
  return `cannot be used: ${(error as Error).message}`;
}

function forgetOldest(): void {
  for (const [text, { schema }] of kept) {
    if (keptCharacters <= MAX_KEPT_CHARACTERS) return;
    kept.delete(text);
    keptCharacters -= text.length;
    ajv.removeSchema(schema);
  }
}

// Ajv compiles its own schema of schemas with the first one: before anybody waits for that.
compile('{"type":"object"}');
