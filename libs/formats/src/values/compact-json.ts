/**
 * Compact JSON in which absent values are left out: `undefined`, and the `null` or overflown number (`1e400`)
 * that a field unknown to the catalogue may hold. No format sends null.
 */
export function compactJson(value: object): string {
  return JSON.stringify(value, (_name, field: unknown) => (isAbsent(field) ? undefined : field));
}

function isAbsent(field: unknown): boolean {
  return field === null || (typeof field === 'number' && !Number.isFinite(field));
}
