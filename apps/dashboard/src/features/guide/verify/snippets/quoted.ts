/** A literal between single quotes, for languages whose only escapes there are `\\` and `\'`. */
export const inSingleQuotes = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;

/** A literal between double quotes. */
export const inDoubleQuotes = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;

/** The beginning of an expression that prepends the prefix to what follows; empty without a prefix. */
export const inFront = (prefix: string, operator: string, quoted = inDoubleQuotes): string =>
  prefix === '' ? '' : `${quoted(prefix)} ${operator} `;
