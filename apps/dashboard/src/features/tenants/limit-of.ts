/** What a field of a number says; null where it was left empty. */
export function limitOf(text: string): number | null {
  return text.trim() === '' ? null : Number(text);
}
