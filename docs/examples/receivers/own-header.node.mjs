// A receiver with a signature header of its own, with Node alone: the webhook's `signature` is set to the same
// `header`, `encoding` and `prefix`.
import crypto from 'node:crypto';
import { buffer } from 'node:stream/consumers';

/** For `http.createServer`. */
export function receiver({ secret, header, encoding = 'hex', prefix = '', onEvent }) {
  return async (request, response) => {
    const payload = await buffer(request);
    const expected = crypto.createHmac('sha256', secret).update(payload).digest(encoding);
    const given = request.headers[header.toLowerCase()] ?? '';
    if (!isSame(given, prefix + expected)) {
      response.writeHead(401).end();
      return;
    }
    response.writeHead(200).end();
    onEvent(JSON.parse(payload.toString('utf8')));
  };
}

function isSame(given, expected) {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && crypto.timingSafeEqual(left, right);
}
