/** Deeper JSON serves nobody and overflows stacks. Levels of objects and arrays. */
export const MAX_JSON_DEPTH = 64;

/**
 * Finds values that would break something further in: Postgres cannot store NUL, UTF-8 cannot encode a lone surrogate,
 * and JavaScript cannot represent integers beyond 2^53 exactly.
 *
 * @returns what was found, in words for the caller; `undefined` if there is nothing
 */
export function faultOfJson(value: unknown, depth = 0): string | undefined {
  switch (typeof value) {
    case 'string':
      return faultOfText(value);
    case 'number':
      return Math.abs(value) > Number.MAX_SAFE_INTEGER
        ? 'a number beyond 2^53, which JSON readers do not keep exactly'
        : undefined;
    case 'object':
      return value === null ? undefined : faultOfContainer(value, depth + 1);
    default:
      return undefined;
  }
}

/** @returns `a NUL character`, `a lone surrogate` or `undefined` */
function faultOfText(text: string): string | undefined {
  if (text.includes('\0')) return 'a NUL character';
  return text.isWellFormed() ? undefined : 'a lone surrogate';
}

type JsonObject = Record<string, unknown>;

function faultOfContainer(container: object, depth: number): string | undefined {
  if (depth > MAX_JSON_DEPTH) return `more than ${MAX_JSON_DEPTH} levels of nesting`;
  if (Array.isArray(container)) {
    for (const item of container) {
      const fault = faultOfJson(item, depth);
      if (fault) return fault;
    }
    return undefined;
  }
  for (const key of Object.keys(container)) {
    if (key === '__proto__') return 'a key named __proto__';
    const fault = faultOfText(key) ?? faultOfJson((container as JsonObject)[key], depth);
    if (fault) return fault;
  }
  return undefined;
}
