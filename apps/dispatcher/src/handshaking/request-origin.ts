/** RFC 2606 reserves `.invalid` for names that nobody has: the name of an installation without `PUBLIC_URL`. */
const UNNAMED = 'schoolbell.invalid';

/**
 * The DNS name by which all dispatchers of an installation ask receivers for consent.
 *
 * @param publicUrl where people reach the API
 */
export function requestOrigin(publicUrl: string | undefined): string {
  return publicUrl === undefined ? UNNAMED : new URL(publicUrl).hostname;
}
