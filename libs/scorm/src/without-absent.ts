/** Leaves out fields that are `undefined`, as JSON does: a state is the same before and after it was stored. */
export function withoutAbsent<T extends object>(values: T): T {
  const present = {} as T;
  for (const name in values) {
    if (values[name] !== undefined) present[name] = values[name];
  }
  return present;
}
