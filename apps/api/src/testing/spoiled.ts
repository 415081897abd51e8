import fc from 'fast-check';
import { hostileName, hostileValue } from './hostile-values.js';

type Path = readonly string[];

type Change =
  | { kind: 'replace'; value: unknown }
  | { kind: 'remove' }
  | { kind: 'add'; name: string; value: unknown };

const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('replace' as const), value: hostileValue }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'remove' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      name: hostileName,
      value: hostileValue,
    }),
  },
);

/** Bodies like these, with one to three fields at any depth replaced, removed or added. */
export function spoiled(bodies: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const changes = fc.array(fc.tuple(fc.nat(), change), { minLength: 1, maxLength: 3 });
  return fc.tuple(bodies, changes).map(([body, all]) =>
    all.reduce((spoilt, [where, what]) => {
      const paths = pathsOf(spoilt);
      return changed(spoilt, paths[where % paths.length]!, what);
    }, body),
  );
}

/** Paths of the value itself and of everything in it. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || path.length > 8) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, [...path, name])),
  ];
}

/** A copy; keys such as `__proto__` are fields like any other. */
function changed(value: unknown, [first, ...rest]: Path, change: Change): unknown {
  if (first === undefined) return changedItself(value, change);
  const copy = copyOf(value);
  if (rest.length === 0 && change.kind === 'remove') delete copy[first];
  else put(copy, first, changed(copy[first], rest, change));
  return copy;
}

function changedItself(value: unknown, change: Change): unknown {
  if (change.kind === 'replace') return change.value;
  if (change.kind === 'remove' || typeof value !== 'object' || value === null) return null;
  const copy = copyOf(value);
  put(copy, change.name, change.value);
  return copy;
}

function copyOf(value: unknown): Record<string, unknown> {
  if (Array.isArray(value)) return [...value] as unknown as Record<string, unknown>;
  const copy = {};
  for (const [name, inner] of Object.entries(Object(value))) put(copy, name, inner);
  return copy;
}

function put(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
