interface Row {
  id: string;
}

/**
 * The rows that came since a list was read: those of its newest page that the list does not have. Rows below the last
 * known one are not new: they moved up because other rows have left.
 *
 * @param newest in the order of the list
 */
export function newerThan<Newest extends Row>(
  rows: readonly Row[],
  newest: readonly Newest[],
): { newer: Newest[]; isAtLeast: boolean } {
  const known = new Set(rows.map(({ id }) => id));
  const last = newest.findLastIndex(({ id }) => known.has(id));
  const isAtLeast = last < 0 && newest.length > 0 && rows.length > 0;
  const above = last < 0 ? newest : newest.slice(0, last);
  return { newer: above.filter(({ id }) => !known.has(id)), isAtLeast };
}
