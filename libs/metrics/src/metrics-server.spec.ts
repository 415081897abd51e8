import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { Distribution } from './distribution.js';
import { Metrics } from './metrics.js';
import { MetricsServer } from './metrics-server.js';
import { Tally } from './tally.js';

/** A port of 127.0.0.1, and who keeps it from others. */
async function takenPort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, free: () => server.close() };
}

async function serve(metrics: Metrics) {
  const { port, free } = await takenPort();
  free();
  const listening = Promise.withResolvers<void>();
  const server = new MetricsServer(metrics, {
    host: '127.0.0.1',
    port,
    onListening: listening.resolve,
    onTrouble: listening.reject,
  });
  onTestFinished(() => server.stop());
  server.start();
  await listening.promise;
  return (path = '/metrics', method = 'GET') =>
    fetch(`http://127.0.0.1:${port}${path}`, { method });
}

it('shows counters, gauges and histograms as Prometheus reads them', async () => {
  const metrics = new Metrics('test');
  const sent = new Tally(['result'], [['sent']]);
  const seconds = new Distribution([0.1, 1], { lane: 'light' });
  metrics.counter('mails_total', 'E-mails.', sent);
  metrics.gauge('slots', 'Slots.', [], () => [{ labels: {}, value: 7 }]);
  metrics.gauge('unknown', 'What nobody knows.', [], () => []);
  metrics.histogram('flush_seconds', 'Flushes.', [seconds]);
  const ask = await serve(metrics);
  sent.add(['sent'], 2);
  for (const value of [0.05, 0.5, 5]) seconds.observe(value);
  const text = await (await ask()).text();
  const shown = text.split('\n').filter((line) => /^schoolbell_(?!build|log)/.test(line));
  expect(shown).toEqual([
    'schoolbell_mails_total{result="sent"} 2',
    'schoolbell_slots 7',
    'schoolbell_flush_seconds_bucket{lane="light",le="0.1"} 1',
    'schoolbell_flush_seconds_bucket{lane="light",le="1"} 2',
    'schoolbell_flush_seconds_bucket{lane="light",le="+Inf"} 3',
    'schoolbell_flush_seconds_sum{lane="light"} 5.55',
    'schoolbell_flush_seconds_count{lane="light"} 3',
  ]);
  expect(text).toMatch(
    /^schoolbell_build_info\{service="test",version="[\d.]+",node="[\d.]+"\} 1$/m,
  );
});

it('says that the process lives, whatever becomes of its metrics', async () => {
  const metrics = new Metrics('test');
  metrics.gauge('broken', 'Broken.', [], () => Promise.reject(new Error('Broken')));
  const answer = await (await serve(metrics))('/health/live');
  expect([answer.status, await answer.json()]).toEqual([200, { status: 'up' }]);
});

it('has nothing else to show, and takes nothing', async () => {
  const ask = await serve(new Metrics('test'));
  expect((await ask('/')).status).toBe(404);
  expect((await ask('/metrics/x')).status).toBe(404);
  expect((await ask('/metrics', 'POST')).status).toBe(405);
  expect((await ask('/metrics?x=1')).status).toBe(200);
});

it('is read once for all who ask while it is read', async () => {
  const metrics = new Metrics('test');
  const known = Promise.withResolvers<void>();
  let reads = 0;
  metrics.gauge('reads', 'Reads.', [], async () => {
    reads++;
    await known.promise;
    return [];
  });
  const ask = await serve(metrics);
  const answers = Array.from({ length: 10 }, () => ask());
  // By the time that this one is answered, others have arrived too.
  await ask('/elsewhere');
  known.resolve();
  for (const answer of await Promise.all(answers)) expect(answer.status).toBe(200);
  expect(reads).toBeLessThan(10);
});

it('a metric that cannot be read is a failure of the scrape, not of the process', async () => {
  const metrics = new Metrics('test');
  metrics.gauge('broken', 'Broken.', [], () => Promise.reject(new Error('Broken')));
  const ask = await serve(metrics);
  expect((await ask()).status).toBe(500);
  expect((await ask()).status).toBe(500);
});

it('a port that somebody else has is said, and is no reason to end', async () => {
  const { port } = await takenPort();
  const trouble = Promise.withResolvers<Error>();
  const server = new MetricsServer(new Metrics('test'), {
    host: '127.0.0.1',
    port,
    onListening: () => trouble.reject(new Error('It listens.')),
    onTrouble: trouble.resolve,
  });
  onTestFinished(() => server.stop());
  server.start();
  expect(await trouble.promise).toMatchObject({ code: 'EADDRINUSE' });
});
