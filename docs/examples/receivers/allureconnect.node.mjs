// AllureConnect, with Node alone: `X-AllureConnect-Signature` is the HMAC-SHA256 of the raw body, in hex.
import crypto from 'node:crypto';
import { buffer } from 'node:stream/consumers';

/** For `http.createServer`. */
export function receiver({ secret, onEvent }) {
  return async (request, response) => {
    const payload = await buffer(request);
    if (!isAuthentic(payload, request.headers['x-allureconnect-signature'] ?? '', secret)) {
      response.writeHead(401).end();
      return;
    }
    response.writeHead(200).end();
    onEvent(JSON.parse(payload.toString('utf8')));
  };
}

function isAuthentic(payload, signature, secret) {
  const expected = crypto.createHmac('sha256', secret).update(payload).digest('hex');
  const given = Buffer.from(signature);
  // timingSafeEqual throws on different lengths.
  return given.length === expected.length && crypto.timingSafeEqual(given, Buffer.from(expected));
}
