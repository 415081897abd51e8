import type { IncomingHttpHeaders } from 'node:http';

/** The credential that a request is sent with. */
type Credential =
  | { kind: 'api_key'; key: string }
  /** The JWT of a dashboard user. */
  | { kind: 'access_token' };

/** Reads `Authorization: Bearer …` or, without that, `X-API-Key`; `undefined` when there is neither. */
export function credentialOf(headers: IncomingHttpHeaders): Credential | undefined {
  const { authorization } = headers;
  if (authorization !== undefined) {
    const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    if (!token) return undefined;
    return token.startsWith('sbk_') ? { kind: 'api_key', key: token } : { kind: 'access_token' };
  }
  const key = headers['x-api-key'];
  return typeof key === 'string' ? { kind: 'api_key', key } : undefined;
}
