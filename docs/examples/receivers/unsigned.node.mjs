// JSON that nothing proves, with Node alone: Canvas Live Events as they come without a signature, or a catch hook
// of Zapier or Make. Its URL is the secret, or its firewall admits the sender's addresses only.
import { json } from 'node:stream/consumers';

/** For `http.createServer`. */
export function receiver({ onEvent }) {
  return async (request, response) => {
    const event = await json(request);
    response.writeHead(200).end();
    onEvent(event);
  };
}
