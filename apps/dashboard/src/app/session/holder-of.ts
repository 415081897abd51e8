/**
 * Whose access token this is: the `sub` of the JWT. Used only to notice a change of user; what the token allows is for
 * the API to judge.
 *
 * @returns undefined for a token that is not a JWT
 */
export function holderOf(accessToken: string): string | undefined {
  try {
    const payload = accessToken.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
    const { sub } = JSON.parse(atob(payload)) as { sub?: unknown };
    return typeof sub === 'string' ? sub : undefined;
  } catch {
    return undefined;
  }
}
