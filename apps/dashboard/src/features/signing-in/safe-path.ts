/** Of no page: only what is before the path matters, and that must not change. */
const HERE = 'http://here.invalid';

/**
 * Where somebody goes after signing in: a path of this origin, whatever the address said. A link to the sign-in page
 * that leads to another site afterwards would be a gift to whoever wants passwords.
 */
export function safePath(to: string | undefined): string {
  const url = to?.startsWith('/') && URL.canParse(to, HERE) ? new URL(to, HERE) : undefined;
  if (!url || url.origin !== HERE) return '/';
  const path = url.pathname + url.search + url.hash;
  // `/.//elsewhere.example` is a path, and `//elsewhere.example` is not.
  return path.startsWith('//') || url.pathname === '/sign-in' ? '/' : path;
}
