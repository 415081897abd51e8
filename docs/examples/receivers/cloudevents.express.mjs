// CloudEvents, with its SDK: structured, binary and batches alike. The signature is over the raw body; the
// attributes of a binary event travel in headers, which it does not cover.
import crypto from 'node:crypto';
import { HTTP } from 'cloudevents';
import express from 'express';

/** An Express app; also a listener for `http.createServer`. */
export function receiver({ secret, onEvent }) {
  const app = express();
  app.post('/webhooks', express.raw({ type: () => true }), (request, response) => {
    if (!isAuthentic(request.body, request.headers['x-allureconnect-signature'] ?? '', secret)) {
      response.sendStatus(401);
      return;
    }
    response.sendStatus(200);
    const message = { headers: request.headers, body: request.body.toString('utf8') };
    for (const event of [HTTP.toEvent(message)].flat()) onEvent(event);
  });
  return app;
}

function isAuthentic(rawBody, signature, secret) {
  const expected = crypto.createHmac('sha256', secret).update(rawBody).digest();
  const given = Buffer.from(signature, 'hex');
  return given.length === expected.length && crypto.timingSafeEqual(given, expected);
}
