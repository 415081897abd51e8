// A receiver of webhooks, such as a customer would write: it verifies the signature over the very bytes that
// arrived, answers quickly, and tells what came.
//
//   node docs/examples/receiver.mjs <secret> [port]
import crypto from 'node:crypto';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

const [secret, port = '9000'] = process.argv.slice(2);
if (!secret) {
  console.error('usage: node docs/examples/receiver.mjs <secret> [port]');
  process.exit(1);
}

/** The check of the default format: `X-AllureConnect-Signature` is the HMAC-SHA256 of the body in hex. */
function verifyWebhookSignature(payload, signature, secret) {
  const expected = crypto.createHmac('sha256', secret).update(payload).digest('hex');
  return crypto.timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
}

function isOurs(payload, signature) {
  // timingSafeEqual throws on texts of different lengths.
  return /^[0-9a-f]{64}$/.test(signature) && verifyWebhookSignature(payload, signature, secret);
}

const server = createServer(async (request, response) => {
  const payload = await buffer(request);
  const signature = String(request.headers['x-allureconnect-signature'] ?? '');
  if (!isOurs(payload, signature)) {
    console.log('refused: the signature does not match');
    response.writeHead(401).end();
    return;
  }
  response.writeHead(200).end();
  const event = JSON.parse(payload.toString('utf8'));
  console.log(`verified: ${event.type} ${event.id} ${JSON.stringify(event.data)}`);
});

server.listen(Number(port), '127.0.0.1', () =>
  console.log(`listening on http://127.0.0.1:${port}/webhooks`),
);
