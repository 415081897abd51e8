/** `YYYY-MM-DD HH:MM:SS` in UTC, as Docebo writes every date. */
export function dateTime(time: Date): string {
  return time
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, '');
}
