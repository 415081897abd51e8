import type { FastifyHelmetOptions } from '@fastify/helmet';

/**
 * The page at `/docs` is the only one that a browser shows: it needs inline styles, and nothing from
 * elsewhere. No `upgrade-insecure-requests`, since a local installation speaks plain http.
 */
export const SECURITY_HEADERS: FastifyHelmetOptions = {
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
