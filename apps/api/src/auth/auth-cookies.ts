import { fastifyCookie as cookies } from '@fastify/cookie';
import { SESSION_IDLE_SECONDS } from '@schoolbell/identity';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Holds the refresh token. */
export const REFRESH_COOKIE = 'schoolbell_refresh';
/** Recognises a device on which the user has signed in before. */
export const DEVICE_COOKIE = 'schoolbell_device';

const PATH = '/v1/auth';
/** Browsers keep no cookie for longer. */
const DEVICE_SECONDS = 400 * 86_400;

type AuthCookie = typeof REFRESH_COOKIE | typeof DEVICE_COOKIE;

const LIFETIMES: Record<AuthCookie, number> = {
  [REFRESH_COOKIE]: SESSION_IDLE_SECONDS,
  [DEVICE_COOKIE]: DEVICE_SECONDS,
};

/**
 * Makes the plugin load its code for reading and writing cookies. It gets a scope of its own: its hooks would otherwise
 * run for every request, including those without cookies.
 */
export function loadCookies(fastify: FastifyInstance): void {
  void fastify.register(async (scope) => {
    await scope.register(cookies, { hook: false });
  });
}

/** Reads a cookie on demand, so that requests with API keys pay nothing for it. */
export function readCookie(
  { headers }: Pick<FastifyRequest, 'headers'>,
  name: AuthCookie,
): string | undefined {
  return headers.cookie === undefined ? undefined : cookies.parse(headers.cookie)[name];
}

/** Sets a cookie that scripts and other sites cannot use, and that is never sent unencrypted after it came by https. */
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
  // Fastify adds to the cookies that are set already.
  reply.header('Set-Cookie', cookies.serialize(name, value, attributes));
}
