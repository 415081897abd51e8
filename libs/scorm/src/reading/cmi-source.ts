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
  return flattenedSource(runtimeData) ?? flattenedSource(body);
}

/** A field of a JSON object: JSON has none that are inherited. */
export function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function nestedSource(cmi: JsonObject): CmiSource {
  return {
    standard: isObject(fieldOf(cmi, 'core')) ? '1.2' : '2004',
    read: (name) => name.split('.').reduce(fieldOf, cmi as unknown),
  };
}

function flattenedSource(values: unknown): CmiSource | undefined {
  if (!isObject(values)) return undefined;
  const names = Object.keys(values).filter((key) => key.startsWith('cmi.'));
  if (names.length === 0) return undefined;
  return {
    standard: names.some((name) => name.startsWith('cmi.core.')) ? '1.2' : '2004',
    read: (name) => fieldOf(values, `cmi.${name}`),
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
