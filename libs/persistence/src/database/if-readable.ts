/**
 * Null when what is stored cannot be read: it was damaged, or its encryption key is missing. One such row must
 * not hide the others, and can be set again.
 */
export function ifReadable<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
