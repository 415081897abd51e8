// SCORM Cloud, with Express: a registration postback as a form, the credentials beside the data.
import express from 'express';

/** An Express app; also a listener for `http.createServer`. */
export function receiver({ username, password, onEvent }) {
  const app = express();
  app.post('/postback', express.urlencoded({ extended: false }), (request, response) => {
    const form = request.body;
    if (form.userName !== username || form.password !== password) {
      response.sendStatus(401);
      return;
    }
    response.sendStatus(200);
    onEvent(JSON.parse(form.data));
  });
  return app;
}
