// Standard Webhooks, with its reference library: `webhook-signature` over id, time and body. It refuses what is
// older than five minutes.
import { buffer } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

/** For `http.createServer`. The secret begins with `whsec_`. */
export function receiver({ secret, onEvent }) {
  const webhook = new Webhook(secret);
  return async (request, response) => {
    const payload = await buffer(request);
    let event;
    try {
      event = webhook.verify(payload, request.headers);
    } catch {
      response.writeHead(401).end();
      return;
    }
    response.writeHead(200).end();
    onEvent(event);
  };
}
