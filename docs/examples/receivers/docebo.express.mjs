// Docebo, with Express and Basic authentication: one `payload`, or `payloads` of one event name. A `message_id`
// that has been seen already is a repetition.
import express from 'express';

/** An Express app; also a listener for `http.createServer`. */
export function receiver({ username, password, onEvent }) {
  const expected = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const seen = new Set();
  const app = express();
  app.post('/webhooks/docebo', express.json(), (request, response) => {
    if (request.headers.authorization !== expected) {
      response.sendStatus(401);
      return;
    }
    response.sendStatus(200);
    const { event, message_id: messageId, payload, payloads = [payload] } = request.body;
    if (seen.has(messageId)) return;
    seen.add(messageId);
    for (const one of payloads) onEvent({ event, ...one });
  });
  return app;
}
