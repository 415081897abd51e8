import { agent, group } from '@learninglocker/xapi-validation/dist/factory.js';
import { IRI } from './formats.js';
import type { Context, Statement } from './statement.js';

/** A statement of version 2.0.0: the part that 1.0.3 knows, and what is wrong with the rest. */
interface SplitStatement {
  known: unknown;
  faults: string[];
}

/**
 * Removes from a statement what version 2.0.0 added: its `version`, and `contextAgents` and `contextGroups` of the
 * contexts (IEEE 9274.1.1, 4.2.2.5 and 4.2.4.3).
 */
export function splitSecondVersion(statement: unknown): SplitStatement {
  if (!isObject(statement)) return { known: statement, faults: [] };
  const { version, ...rest } = statement as unknown as Statement;
  const own = withoutAdditions(rest);
  const object = isObject(rest.object) ? withoutAdditions(rest.object) : undefined;
  const known = {
    ...own.known,
    ...(object && { object: object.known }),
    ...(version !== undefined && !/^2\.0\.\d+$/.test(String(version)) && { version }),
  };
  return { known, faults: [...own.faults, ...(object?.faults ?? [])] };
}

function withoutAdditions<Holder extends object>(holder: Holder) {
  const { context } = holder as { context?: Context };
  if (!isObject(context)) return { known: holder, faults: [] };
  const { contextAgents, contextGroups, ...rest } = context;
  const faults = [
    ...faultsOf('contextAgents', contextAgents, 'contextAgent', 'agent', agent),
    ...faultsOf('contextGroups', contextGroups, 'contextGroup', 'group', group),
  ];
  return { known: { ...holder, context: rest }, faults };
}

function faultsOf(
  property: string,
  values: unknown,
  objectType: string,
  key: string,
  rule: typeof agent,
): string[] {
  if (values === undefined) return [];
  if (!Array.isArray(values)) return [`${property} is not an array`];
  return values.flatMap((value, i) => {
    const path = `${property}[${i}]`;
    if (!isObject(value)) return [`${path} is not an object`];
    const { relevantTypes, ...rest } = value;
    const wrong = Object.keys(rest).some((name) => name !== 'objectType' && name !== key);
    if (wrong || rest.objectType !== objectType) return [`${path} is not a ${objectType}`];
    if (!areRelevantTypes(relevantTypes)) return [`${path}.relevantTypes are not IRIs`];
    return rule(rest[key], [path]).length > 0 ? [`${path}.${key} is malformed`] : [];
  });
}

function areRelevantTypes(types: unknown): boolean {
  if (types === undefined) return true;
  if (!Array.isArray(types) || types.length === 0) return false;
  return types.every((type) => typeof type === 'string' && IRI.test(type));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
