// Svix’s library reads Standard Webhooks too. Its `verify` only checks: the event is parsed afterwards.
import { buffer } from 'node:stream/consumers';
import { Webhook } from 'svix';

/** For `http.createServer`. The secret begins with `whsec_`. */
export function receiver({ secret, onEvent }) {
  const webhook = new Webhook(secret);
  return async (request, response) => {
    const payload = (await buffer(request)).toString('utf8');
    try {
      webhook.verify(payload, request.headers);
    } catch {
      response.writeHead(401).end();
      return;
    }
    response.writeHead(200).end();
    onEvent(JSON.parse(payload));
  };
}
