// SCORM API, as a Next.js route handler: the HMAC over the body as text, in hex, with the algorithm that a
// header of its own names.
import crypto from 'node:crypto';

const ALGORITHMS = ['sha256'];

/** @returns the `POST` of an `app/…/route.js` */
export function routeHandler({ secret, onEvent }) {
  return async function POST(request) {
    const signature = request.headers.get('X-Allure-Signature');
    const algorithm = request.headers.get('X-Allure-Signature-Algorithm') ?? 'sha256';
    const body = await request.text();
    // The header is the sender's word: do not let it choose a weaker hash.
    if (!ALGORITHMS.includes(algorithm) || signature !== sign(algorithm, secret, body)) {
      return new Response('Invalid signature', { status: 401 });
    }
    onEvent(JSON.parse(body));
    return new Response('OK', { status: 200 });
  };
}

function sign(algorithm, secret, body) {
  return crypto.createHmac(algorithm, secret).update(body).digest('hex');
}
