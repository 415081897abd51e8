// Adobe Learning Manager, with Node alone. `secret`, `header` and `encoding` are those of the signature file
// that is downloaded from the webhook.
import crypto from 'node:crypto';
import { buffer } from 'node:stream/consumers';

/** For `http.createServer`. */
export function receiver({ secret, header, encoding, onEvent }) {
  return async (request, response) => {
    const payload = await buffer(request);
    const signature = Buffer.from(request.headers[header.toLowerCase()] ?? '', encoding);
    const expected = crypto.createHmac('sha256', secret).update(payload).digest();
    if (signature.length !== expected.length || !crypto.timingSafeEqual(signature, expected)) {
      response.writeHead(401).end();
      return;
    }
    response.writeHead(200).end();
    for (const event of JSON.parse(payload.toString('utf8')).events) onEvent(event);
  };
}
