// Moodle's plugin local_webhooks, with Express: nothing is signed, the service's token stands in the body.
import express from 'express';

/** An Express app; also a listener for `http.createServer`. */
export function receiver({ token, onEvent }) {
  const app = express();
  app.post('/webhooks/moodle', express.json(), (request, response) => {
    if (request.body.token !== token) {
      response.sendStatus(401);
      return;
    }
    response.sendStatus(200);
    onEvent(request.body);
  });
  return app;
}
