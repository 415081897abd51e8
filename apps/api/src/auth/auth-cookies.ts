import { fastifyCookie as cookies } from '@fastify/cookie';
import { SESSION_IDLE_SECONDS } from '@schoolbell/identity';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Holds the refresh token. */
export const REFRESH_COOKIE = 'schoolbell_refresh';
/** Tells a device on which somebody signed in before. */
export const DEVICE_COOKIE = 'schoolbell_device';

const PATH = '/v1/auth';
/** Browsers keep none for longer. */
const DEVICE_SECONDS = 400 * 86_400;

type AuthCookie = typeof REFRESH_COOKIE | typeof DEVICE_COOKIE;

const LIFETIMES: Record<AuthCookie, number> = {
  [REFRESH_COOKIE]: SESSION_IDLE_SECONDS,
  [DEVICE_COOKIE]: DEVICE_SECONDS,
};

/**
 * Has the plugin load what it reads and writes cookies with. In a scope of its own: its hooks would run for every
 * request, also where nobody looks at a cookie.
 */
export function loadCookies(fastify: FastifyInstance): void {
  void fastify.register(async (scope) => {
    await scope.register(cookies, { hook: false });
  });
}

/** The cookie is read where it is needed, so that requests of API keys pay nothing for it. */
export function readCookie(
  { headers }: Pick<FastifyRequest, 'headers'>,
  name: AuthCookie,
): string | undefined {
  return headers.cookie === undefined ? undefined : cookies.parse(headers.cookie)[name];
}

/** Of no use to scripts and to other sites, and never sent in the clear once it came by https. */
export function setCookie(
  request: Pick<FastifyRequest, 'protocol'>,
  reply: FastifyReply,
  name: AuthCookie,
  value: string,
): void {
  write(request, reply, name, value, LIFETIMES[name]);
}

export function clearCookie(
  request: Pick<FastifyRequest, 'protocol'>,
  reply: FastifyReply,
  name: AuthCookie,
): void {
  write(request, reply, name, '', 0);
}

function write(
  { protocol }: Pick<FastifyRequest, 'protocol'>,
  reply: FastifyReply,
  name: AuthCookie,
  value: string,
  maxAge: number,
): void {
  const secure = protocol === 'https';
  const attributes = { path: PATH, httpOnly: true, sameSite: 'strict', maxAge, secure } as const;
  // Fastify adds to cookies that are there.
  reply.header('Set-Cookie', cookies.serialize(name, value, attributes));
}
