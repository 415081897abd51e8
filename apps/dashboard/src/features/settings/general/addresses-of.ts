/** The e-mail addresses in a text, each once; separated by lines, commas, semicolons or spaces. */
export function addressesOf(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
}
