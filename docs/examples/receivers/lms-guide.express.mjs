// Express, for LMS webhooks with a hex signature, bare or behind `sha256=`: Absorb (`absorb-signature`), Docebo
// and others (`X-Hub-Signature-256`). The route keeps the raw body: JSON that is parsed and written again has
// another signature.
import crypto from 'node:crypto';
import express from 'express';

/** An Express app; also a listener for `http.createServer`. */
export function receiver({ secret, onEvent }) {
  const app = express();
  app.post('/webhooks/lms', express.raw({ type: 'application/json' }), (request, response) => {
    const signature =
      request.headers['absorb-signature'] ?? request.headers['x-hub-signature-256'] ?? '';
    if (!isAuthentic(request.body, signature, secret)) {
      response.status(401).send('The signature does not match.');
      return;
    }
    response.status(200).send('OK');
    onEvent(JSON.parse(request.body));
  });
  return app;
}

function isAuthentic(rawBody, signature, secret) {
  const computed = crypto.createHmac('sha256', secret).update(rawBody).digest();
  const given = Buffer.from(signature.replace('sha256=', ''), 'hex');
  return given.length === computed.length && crypto.timingSafeEqual(given, computed);
}
