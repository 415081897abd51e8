import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import { fastify, type onRequestHookHandler } from 'fastify';

/**
 * The page at `/docs` is the only one that a browser shows: it needs inline styles, and nothing from
 * elsewhere. No `upgrade-insecure-requests`, since a local installation speaks plain http.
 */
const SECURITY_HEADERS: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
};

/**
 * Sets helmet's headers on every answer. They are the same on all of them, so helmet is asked once: asking it
 * for each request costs 30 µs, a sixth of accepting an event.
 */
export async function securityHeaders(): Promise<onRequestHookHandler> {
  const headers = await headersOfHelmet();
  return (_request, reply, done) => {
    reply.headers(headers);
    done();
  };
}

async function headersOfHelmet(): Promise<Record<string, string>> {
  const [without, withHelmet] = await Promise.all([
    headersOfEmptyAnswer(),
    headersOfEmptyAnswer(true),
  ]);
  const own = Object.entries(withHelmet).filter(([name]) => !(name in without));
  return Object.fromEntries(own) as Record<string, string>;
}

async function headersOfEmptyAnswer(helmeted = false): Promise<Record<string, unknown>> {
  const server = fastify();
  if (helmeted) await server.register(helmet, SECURITY_HEADERS);
  server.get('/', (_request, reply) => reply.send());
  const { headers } = await server.inject('/');
  await server.close();
  return headers;
}
