import { createRequire } from 'node:module';
import type jsonata from 'jsonata';
import { ExpressionFault } from './expression-fault.ts';

// By its path, since looking for a package reads folders that this process has no permission for.
const parse: typeof jsonata = createRequire(import.meta.url)(String(process.argv[3]));

/** Deeper recursion, and longer sequences, fail before they need much memory or stack. */
const BOUNDS = { stack: 500, sequence: 100_000 };

/** What is kept parsed, in characters of expressions: some 20 MiB of syntax trees at most. */
const MAX_KEPT_CHARACTERS = 131_072;

// Not an LRUCache: lru-cache would be one more package to hand in by its path.
const kept = new Map<string, jsonata.Expression>();
let keptCharacters = 0;

/** @throws {ExpressionFault} with the code `syntax` */
export function compile(expression: string): jsonata.Expression {
  const known = kept.get(expression);
  if (known) return known;
  const compiled = parsed(expression);
  kept.set(expression, compiled);
  keptCharacters += expression.length;
  forgetOldest();
  return compiled;
}

function parsed(expression: string): jsonata.Expression {
  try {
    return parse(expression, BOUNDS);
  } catch (error) {
    throw new ExpressionFault('syntax', error);
  }
}

function forgetOldest(): void {
  for (const expression of kept.keys()) {
    if (keptCharacters <= MAX_KEPT_CHARACTERS) return;
    kept.delete(expression);
    keptCharacters -= expression.length;
  }
}
