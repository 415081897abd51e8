// LearnUpon, version 2, with Node alone: `X-Webhook-Signature` is the HMAC-SHA256 of the raw body, in hex;
// `X-Webhook-Type` says what the entries of `data` are.
import crypto from 'node:crypto';
import { buffer } from 'node:stream/consumers';

/** For `http.createServer`. */
export function receiver({ secret, onEvent }) {
  return async (request, response) => {
    const payload = await buffer(request);
    if (!isAuthentic(payload, request.headers['x-webhook-signature'] ?? '', secret)) {
      response.writeHead(401).end();
      return;
    }
    response.writeHead(200).end();
    const type = request.headers['x-webhook-type'];
    for (const entry of JSON.parse(payload.toString('utf8')).data) onEvent({ type, ...entry });
  };
}

function isAuthentic(payload, signature, secret) {
  const expected = crypto.createHmac('sha256', secret).update(payload).digest();
  const given = Buffer.from(signature, 'hex');
  return given.length === expected.length && crypto.timingSafeEqual(given, expected);
}
