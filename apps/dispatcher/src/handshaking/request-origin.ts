/** RFC 2606 keeps `.invalid` for names that nobody has: an installation that was told no name has such a one. */
const UNNAMED = 'schoolbell.invalid';

/**
 * As whom all dispatchers of an installation ask receivers for consent: a DNS name.
 *
 * @param publicUrl where people reach the API
 */
export function requestOrigin(publicUrl: string | undefined): string {
  return publicUrl === undefined ? UNNAMED : new URL(publicUrl).hostname;
}
