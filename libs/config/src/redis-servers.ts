import { commaSeparated, type Reader } from './readers.js';

const SCHEMES = ['redis:', 'rediss:'];
const WANTED = 'must be a URL that starts with redis:// or rediss://';
const ONE_WAY = 'must have the same scheme, user and password for all servers';

/**
 * One URL, or several separated by commas: `redis://user:password@a:6379,b:6379`. Scheme, user and password of the
 * first hold for all. The value is never repeated: it may hold a password.
 *
 * @param options `scheme`: whether the first may leave it out, for `redis://`
 */
export function redisServers({
  scheme,
}: {
  scheme: 'required' | 'optional';
}): Reader<readonly string[]> {
  const complete = (server: string) =>
    scheme === 'required' || hasScheme(server) ? server : `redis://${server}`;
  return (value) => {
    // A password may have commas, a host has none.
    const one = parsed(complete(value));
    if (one && !one.hostname.includes(',')) return [complete(value)];
    const [first = '', ...others] = commaSeparated(value);
    const way = parsed(complete(first));
    if (!way) throw new Error(WANTED);
    return [complete(first), ...others.map((server) => reachedAs(way, server))];
  };
}

/** The URL of a further server. */
function reachedAs(way: URL, server: string): string {
  const url = parsed(hasScheme(server) ? server : `${way.protocol}//${server}`);
  if (!url) throw new Error(WANTED);
  const own = url.username !== '' || url.password !== '';
  const differs = url.username !== way.username || url.password !== way.password;
  if (url.protocol !== way.protocol || (own && differs)) throw new Error(ONE_WAY);
  url.username = way.username;
  url.password = way.password;
  return url.href;
}

function hasScheme(server: string): boolean {
  return server.includes('://');
}

function parsed(server: string): URL | undefined {
  const url = URL.parse(server);
  return url && SCHEMES.includes(url.protocol) && url.hostname !== '' ? url : undefined;
}
