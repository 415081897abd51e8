/** The number in a field; null if the field is empty. */
export function limitOf(text: string): number | null {
  return text.trim() === '' ? null : Number(text);
}
