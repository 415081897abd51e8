/** Every list has some: filters make more of them. A connection keeps what it prepared, some 100 KB each. */
const MOST_NAMED = 100;

const names = new Map<string, string>();

/**
 * The name by which connections prepare a statement, so that Postgres reads its text, and writes the conditions of
 * row-level security into it, once per connection.
 *
 * @returns undefined when very many have a name already: this one goes as it is
 */
export function statementName(text: string): string | undefined {
  const name = names.get(text);
  if (name !== undefined || names.size >= MOST_NAMED) return name;
  const added = `list_${names.size + 1}`;
  names.set(text, added);
  return added;
}
