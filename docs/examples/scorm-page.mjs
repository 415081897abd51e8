// A learning platform in one file: it opens a launch for whoever comes, its page runs a course on scorm-again, and a
// webhook tells it what Schoolbell made of the commits.
//
//   node docs/examples/scorm-page.mjs [port]
import crypto from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

const port = Number(process.argv[2] ?? 9100);
const origin = `http://127.0.0.1:${port}`;
const home = process.env.SCHOOLBELL_HOME ?? '.schoolbell';
const { apiUrl, tenantKey, platformKey, tenantId } = JSON.parse(
  readFileSync(join(home, 'credentials.json'), 'utf8'),
);
const scormAgain = readFileSync(createRequire(import.meta.url).resolve('scorm-again/scorm12/min'));

const packageId = `fire-safety-${crypto.randomUUID()}`;
const webhook = await call('POST', '/v1/webhooks', tenantKey, {
  url: `${origin}/webhooks`,
  events: ['session.launched', 'session.progress', 'session.scored', 'session.completed'],
  scopes: { packageIds: [packageId] },
});

async function call(method, path, key, body) {
  const request = { method, headers: { authorization: `Bearer ${key}` } };
  if (body) {
    request.headers['content-type'] = 'application/json';
    request.body = JSON.stringify(body);
  }
  const response = await fetch(apiUrl + path, request);
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  return response.status === 204 ? undefined : response.json();
}

/** The pages that are open, each waiting for what the webhook gets. */
const watchers = new Set();

function isSigned(payload, signature) {
  const expected = crypto.createHmac('sha256', webhook.secret).update(payload).digest();
  const given = Buffer.from(String(signature), 'hex');
  return given.length === expected.length && crypto.timingSafeEqual(given, expected);
}

async function receive(request, response) {
  const payload = await buffer(request);
  if (!isSigned(payload, request.headers['x-allureconnect-signature'])) {
    response.writeHead(401).end();
    return;
  }
  response.writeHead(200).end();
  for (const watcher of watchers) watcher.write(`data: ${payload}\n\n`);
}

function watch(response) {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write(':\n\n');
  watchers.add(response);
  response.on('close', () => watchers.delete(response));
}

async function play(response) {
  const { commitUrl } = await call('POST', '/v1/scorm/launches', platformKey, {
    tenantId,
    sessionId: crypto.randomUUID(),
    packageId,
    learnerId: 'learner-42',
    origin,
  });
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html>
<title>Fire safety</title>
<style>li { overflow-wrap: anywhere; }</style>
<h1>Fire safety</h1>
<button onclick="commit({ 'score.raw': '85', 'score.min': '0' })">Answer the questions</button>
<button onclick="commit({ lesson_status: 'completed' })">Complete the course</button>
<h2>What the webhook gets</h2>
<ol id="arrived"></ol>
<script src="/scorm-again.js"></script>
<script>
  window.API = new Scorm12API({ lmsCommitUrl: '${commitUrl}' });
  API.LMSInitialize('');

  function commit(values) {
    for (const name in values) API.LMSSetValue('cmi.core.' + name, values[name]);
    API.LMSCommit('');
  }

  new EventSource('/arrived').onmessage = ({ data }) => {
    const line = document.createElement('li');
    const event = JSON.parse(data);
    line.textContent = event.type + ' ' + JSON.stringify(event.data);
    document.getElementById('arrived').append(line);
  };
</script>`);
}

const server = createServer((request, response) => {
  const answer = {
    '/': () => play(response),
    '/arrived': () => watch(response),
    '/scorm-again.js': () => response.setHeader('content-type', 'text/javascript').end(scormAgain),
    '/webhooks': () => receive(request, response),
  }[request.url];
  if (!answer) return response.writeHead(404).end();
  Promise.resolve(answer()).catch((error) => response.writeHead(502).end(error.message));
});
server.listen(port, '127.0.0.1', () => console.log(`Open ${origin} in a browser.`));

process.once('SIGINT', () => stop());
process.once('SIGTERM', () => stop());
async function stop() {
  await call('DELETE', `/v1/webhooks/${webhook.id}`, tenantKey).catch(() => undefined);
  process.exit();
}
