// OAuth 2.0, with Express: `/token` gives whoever knows the client's secret an access token, `/events` takes JSON
// from whoever has one, as an integration flow of SAP's Integration Suite does.
import crypto from 'node:crypto';
import express from 'express';

/** An Express app; also a listener for `http.createServer`. */
export function receiver({ clientId, clientSecret, onEvent }) {
  const client = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  const tokens = new Set();
  const app = express();
  app.post('/token', (request, response) => {
    if (request.headers.authorization !== client) {
      response.status(401).json({ error: 'invalid_client' });
      return;
    }
    const token = crypto.randomBytes(24).toString('base64url');
    tokens.add(token);
    response.json({ access_token: token, token_type: 'Bearer', expires_in: 3600 });
  });
  app.post('/events', express.json(), (request, response) => {
    const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    if (!tokens.has(token)) {
      response.sendStatus(401);
      return;
    }
    response.sendStatus(200);
    onEvent(request.body);
  });
  return app;
}
