/**
 * Whose an access token is: the `sub` of a JWT. Only for telling whether it is somebody else's than before: what it may
 * do is the API's to judge.
 *
 * @returns undefined for a token of another form
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
