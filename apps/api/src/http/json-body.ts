import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { ApiError } from './api-error.js';
import { faultOfJson } from './json-hygiene.js';

/**
 * Makes `application/json` the only accepted body, and refuses what {@link faultOfJson} finds before any route sees it.
 * An empty body is `undefined`: routes that need one name the missing fields.
 */
export function acceptJsonBodiesOnly(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    (request, body: Buffer, done) => {
      const parse = request.routeOptions.config.anyJson ? parseAnyJson : parseJsonBody;
      try {
        done(null, body.length === 0 ? undefined : parse(body));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

/** @throws ApiError `malformed_json` */
export function parseJsonBody(body: Buffer): unknown {
  const value = parseAnyJson(body);
  const fault = faultOfJson(value);
  if (fault) throw new ApiError('malformed_json', `The body contains ${fault}.`);
  return value;
}

/** Parses even what {@link faultOfJson} would refuse. @throws ApiError `malformed_json` */
function parseAnyJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw new ApiError('malformed_json', 'The body is not valid UTF-8.');
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    // The parser's own message quotes the body, which may contain a secret.
    throw new ApiError('malformed_json', 'The body is not valid JSON.', { cause: error });
  }
}
