/** Only a base to resolve against: what matters is that the path leaves it unchanged. */
const HERE = 'http://here.invalid';

/**
 * Where the user goes after signing in: always a path of this origin, whatever the address says. A link to the sign-in
 * page that then leads to another site would help to steal passwords.
 */
export function safePath(to: string | undefined): string {
  const url = to?.startsWith('/') && URL.canParse(to, HERE) ? new URL(to, HERE) : undefined;
  if (!url || url.origin !== HERE) return '/';
  const path = url.pathname + url.search + url.hash;
  // `/.//elsewhere.example` is a path, but `//elsewhere.example` is not.
  return path.startsWith('//') || url.pathname === '/sign-in' ? '/' : path;
}
