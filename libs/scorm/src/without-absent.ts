/** Leaves out fields that are `undefined`, as JSON does: a state is the same before and after it was stored. */
export function withoutAbsent<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
