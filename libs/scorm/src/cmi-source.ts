type JsonObject = Record<string, unknown>;

/** The data model in a commit, whichever way it is written. */
export interface CmiSource {
  standard: '1.2' | '2004';
  /** @param name below `cmi`, dotted: `core.score.raw` */
  read(name: string): unknown;
}

/**
 * Finds the data model in what a runtime posts: `runtimeData.cmi`, else `cmi`, else flattened keys. scorm-again 3.4.3
 * flattens inside `runtimeData` where both `renderCommonCommitFields` and `dataCommitFormat: "flattened"` are set.
 */
export function cmiSourceOf(body: unknown): CmiSource | undefined {
  const runtimeData = fieldOf(body, 'runtimeData');
  const nested = [fieldOf(runtimeData, 'cmi'), fieldOf(body, 'cmi')].find(isObject);
  if (nested) return nestedSource(nested);
  const flattened = [runtimeData, body].filter(isObject).find(hasFlattenedKeys);
  return flattened && flattenedSource(flattened);
}

/** A field of a JSON object that is its own: a key such as `__proto__` or `constructor` reaches nothing else. */
export function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function nestedSource(cmi: JsonObject): CmiSource {
  return {
    standard: isObject(fieldOf(cmi, 'core')) ? '1.2' : '2004',
    read: (name) => name.split('.').reduce(fieldOf, cmi as unknown),
  };
}

function flattenedSource(values: JsonObject): CmiSource {
  const is12 = Object.keys(values).some((key) => key.startsWith('cmi.core.'));
  return { standard: is12 ? '1.2' : '2004', read: (name) => fieldOf(values, `cmi.${name}`) };
}

function hasFlattenedKeys(values: JsonObject): boolean {
  return Object.keys(values).some((key) => key.startsWith('cmi.'));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
