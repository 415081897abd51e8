/** A table in the same words, whether it was read from schema.prisma or from a database. */
export interface TableShape {
  name: string;
  /** `name type [not null] [default …]`, sorted. */
  columns: string[];
  /** `name [unique] (column [desc], …)`, sorted; the primary key is one of them. */
  indexes: string[];
  /** `column -> table.column on delete …, on update …`, sorted. */
  foreignKeys: string[];
}

export function columnText(column: {
  name: string;
  type: string;
  required: boolean;
  default?: string;
}): string {
  const parts = [column.name, column.type];
  if (column.required) parts.push('not null');
  if (column.default !== undefined) parts.push(`default ${column.default}`);
  return parts.join(' ');
}

export function indexText(name: string, unique: boolean, columns: readonly string[]): string {
  return `${name}${unique ? ' unique' : ''} (${columns.join(', ')})`;
}
