/** Longer than any host name with its scheme and port. */
export const MAX_ORIGIN_LENGTH = 300;

const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/[^\s/?#@\\]+$/i;

/**
 * An origin as browsers write it in the header `Origin`: `https://lms.example.com`, without the default port of its
 * scheme.
 *
 * @returns `undefined` for anything that is not an origin: a path, a wildcard, `null`
 */
export function originOfText(text: string): string | undefined {
  if (!ORIGIN.test(text) || text.includes('*') || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  // Pages of apps have schemes of their own, such as capacitor://localhost, whose origin URL calls opaque.
  return url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin;
}

/** Whether a page of `origin` is on the host that the request came to, whatever the scheme in front of a proxy. */
export function isSameHost(origin: string, hosts: readonly (string | undefined)[]): boolean {
  return URL.canParse(origin) && hosts.includes(new URL(origin).host);
}
