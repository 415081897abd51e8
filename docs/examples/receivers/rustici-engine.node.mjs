// Rustici Engine, with Node alone and Basic authentication: the registration is the `body` of a
// `RegistrationChanged` message.
import { json } from 'node:stream/consumers';

/** For `http.createServer`. */
export function receiver({ username, password, onEvent }) {
  const expected = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  return async (request, response) => {
    if (request.headers.authorization !== expected) {
      response.writeHead(401).end();
      return;
    }
    const { topic, body } = await json(request);
    response.writeHead(200).end();
    if (topic === 'RegistrationChanged') onEvent(body);
  };
}
