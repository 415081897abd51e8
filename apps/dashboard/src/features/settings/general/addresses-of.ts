/** The e-mail addresses in a text, separated as people do: by lines, commas, semicolons or spaces; each once. */
export function addressesOf(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
}
