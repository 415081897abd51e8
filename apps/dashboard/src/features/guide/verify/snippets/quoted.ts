/** Text as a literal of languages that know nothing but `\\` and `\'` between single quotes. */
export const inSingleQuotes = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;

/** Text as a literal between double quotes. */
export const inDoubleQuotes = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;

/** The beginning of an expression that puts the prefix in front of what follows, where there is one. */
export const inFront = (prefix: string, operator: string, quoted = inDoubleQuotes): string =>
  prefix === '' ? '' : `${quoted(prefix)} ${operator} `;
