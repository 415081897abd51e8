/** An older cursor cannot be resumed: the client has to read the list again. */
export const CURSOR_LASTS_MS = 60_000;

const VERSION = 'v1.';

/**
 * The value of `id:`: the moment, by the database's clock, up to which changes were sent. Opaque to clients, and valid
 * for every API process.
 */
export function encodeCursor(at: Date): string {
  return Buffer.from(`${VERSION}${at.getTime()}`).toString('base64url');
}

/**
 * @param now by the clock of the database
 * @returns where to continue; undefined for a cursor that is too old, in the future, or not made by this API
 */
export function decodeCursor(cursor: string, now: Date): Date | undefined {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!/^v1\.\d{1,15}$/.test(text)) return undefined;
  const at = Number(text.slice(VERSION.length));
  const age = now.getTime() - at;
  return age >= 0 && age <= CURSOR_LASTS_MS ? new Date(at) : undefined;
}
