import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../../apps/api/src/create-api.js';
import { metricsOfApi } from '../../apps/api/src/measuring/metrics-of-api.js';
import { metricsUnder, type ListedMetric } from '../docs/support/metrics-page.js';
import {
  apiClient,
  Customer,
  eventually,
  type Receiver,
  reservedPort,
  type Schoolbell,
  scrape,
  type Scrape,
  startReceiver,
  startSchoolbell,
} from '../support/index.js';

/** By its own words a label says something about the installation, never whose event it was. */
const LABELS = new Set(
  'by error held_by kind lane node operation ours outcome pipeline reason result service slot standby state statement status sync table version'.split(
    ' ',
  ),
);
/** A UUID, the end of a TypeID, a URL or an address. */
const NAMES_SOMEBODY = /[0-9a-f]{8}-[0-9a-f]{4}|[0-9a-hjkmnp-tv-z]{26}|:\/\/|\d+\.\d+\.\d+\.\d+|@/;

/** A dispatcher, on a machine that many share. */
const STARTS_WITHIN_MS = 60_000;
/** Before the retry of what failed comes, which would be one more. */
const BEFORE_RETRIES = { timeoutMs: 25_000 };

let schoolbell: Schoolbell;
let metricsOf: Record<'api' | 'dispatcher', string>;
beforeAll(async () => {
  const [api, dispatcher] = [await reservedPort(), await reservedPort()];
  schoolbell = await startSchoolbell({ dispatchers: 0, env: { METRICS_PORT: String(api) } });
  schoolbell.addDispatcher({ METRICS_PORT: String(dispatcher) });
  metricsOf = { api: `http://127.0.0.1:${api}`, dispatcher: `http://127.0.0.1:${dispatcher}` };
  await eventually(() => scrape(metricsOf.dispatcher), { timeoutMs: STARTS_WITHIN_MS });
  return () => schoolbell.stop();
});

const both = async () => ({
  api: await scrape(metricsOf.api),
  dispatcher: await scrape(metricsOf.dispatcher),
});

describe('the metrics of a running product', () => {
  it('count exactly what was accepted, sent, refused and given up', async () => {
    const receivers = await Promise.all([startReceiver(), startReceiver(), startReceiver()]);
    const [, gone, broken] = receivers as [Receiver, Receiver, Receiver];
    gone.respondWith(410);
    broken.respondWith('reset');
    const customer = new Customer(schoolbell);
    const webhooks = await Promise.all(receivers.map(({ url }) => customer.webhook(url)));
    const [ofWilling, ofGone, ofBroken] = webhooks;
    const before = await both();

    await customer.completesTimes(ofWilling!, 5);
    await postTwice(ofWilling!.packageId);
    await customer.completes(ofGone!);
    await customer.completes(ofBroken!);
    const after = await eventually(async () => {
      const now = await both();
      const recorded = now.dispatcher.sum('schoolbell_attempts_total');
      if (recorded - before.dispatcher.sum('schoolbell_attempts_total') < 8)
        throw new Error('Soon');
      return now;
    }, BEFORE_RETRIES);
    const more = (of: 'api' | 'dispatcher', name: string, labels = {}): number =>
      after[of].sum(`schoolbell_${name}`, labels) - before[of].sum(`schoolbell_${name}`, labels);

    expect({
      accepted: more('api', 'events_accepted_total', { lane: 'light' }),
      duplicates: more('api', 'events_duplicate_total'),
      refused: more('api', 'events_refused_total'),
      deliveries: more('api', 'deliveries_created_total'),
      flushed: more('api', 'intake_flush_events_sum', { lane: 'light' }),
      answered: more('api', 'http_response_seconds_count', { operation: 'post_events' }),
    }).toEqual({
      accepted: 8,
      duplicates: 1,
      refused: 0,
      deliveries: 8,
      flushed: 9,
      answered: 9,
    });
    const attempts = (labels: Record<string, string>): number =>
      more('dispatcher', 'attempts_total', { pipeline: 'deliveries', ours: 'false', ...labels });
    expect({
      all: more('dispatcher', 'attempts_total'),
      delivered: attempts({ outcome: 'delivered', status: '2xx', error: 'none' }),
      gone: attempts({ outcome: 'failed', status: '4xx', error: 'http_status' }),
      broken: attempts({ outcome: 'failed', status: 'none', error: 'connection_reset' }),
      claimed: more('dispatcher', 'claim_deliveries_sum', { pipeline: 'deliveries' }),
      recorded: more('dispatcher', 'record_attempts_sum', { pipeline: 'deliveries' }),
      firstBytes: more('dispatcher', 'accepted_to_first_byte_seconds_count'),
      deadLetters: more('dispatcher', 'dead_letters_total', { reason: 'gone' }),
      allDeadLetters: more('dispatcher', 'dead_letters_total'),
      paused: more('dispatcher', 'webhooks_paused_total', { reason: 'gone' }),
      failures: more('dispatcher', 'statement_failures_total'),
    }).toEqual({
      all: 8,
      delivered: 6,
      gone: 1,
      broken: 1,
      claimed: 8,
      recorded: 8,
      firstBytes: 7,
      deadLetters: 1,
      allDeadLetters: 1,
      paused: 1,
      failures: 0,
    });
    expect(more('api', 'wakes_sent_total')).toBeGreaterThan(0);
    expect(more('dispatcher', 'wakes_received_total', { by: 'signal' })).toBeGreaterThan(0);
    expect(after.dispatcher.value('schoolbell_in_flight', { pipeline: 'deliveries' })).toBe(0);
    expect(after.dispatcher.value('schoolbell_slots', { pipeline: 'deliveries' })).toBe(1000);
    await Promise.all(receivers.map((receiver) => receiver.close()));
  });

  it('count operations that ended', async () => {
    const customer = new Customer(schoolbell);
    const counted = async (): Promise<number> =>
      (await scrape(metricsOf.dispatcher)).sum('schoolbell_operations_total', {
        kind: 'discard',
        status: 'completed',
      });
    const before = await counted();
    const { body } = await customer.api.post('/v1/dead-letters/discard', {});
    await customer.ended(body.id);
    expect(await counted()).toBe(before + 1);
  });

  it.each([
    ['api', 'APIs'],
    ['dispatcher', 'Dispatchers'],
  ] as const)('are those that the docs list: of the %s', async (service, heading) => {
    const shown = await scrape(metricsOf[service]);
    const listed = [...metricsUnder(heading), ...metricsUnder('Both')];
    expect(ours(shown).toSorted()).toEqual(listed.map(({ name }) => name).toSorted());
    expect(listed.filter((metric) => hasOtherLabels(shown, metric))).toEqual([]);
    expect(shown.value('process_cpu_seconds_total')).toBeGreaterThan(0);
    expect(shown.value('schoolbell_postgres_up')).toBe(1);
    expect(shown.value('schoolbell_queue_up')).toBe(1);
  });

  it('name no tenant, webhook, receiver or person', async () => {
    const samples = Object.values(await both()).flatMap((shown) =>
      shown.samples.filter(({ name }) => name.startsWith('schoolbell_')),
    );
    const labels = samples.flatMap((sample) => Object.entries(sample.labels));
    expect(labels.length).toBeGreaterThan(100);
    expect(labels.filter(([name]) => name !== 'le' && !LABELS.has(name))).toEqual([]);
    const values = labels.filter(([name]) => name !== 'version').map(([, value]) => value);
    expect(values.filter((value) => NAMES_SOMEBODY.test(value))).toEqual([]);
  });

  it('are not on the port of the API', async () => {
    expect((await apiClient(schoolbell.apiUrl).get('/metrics')).status).toBe(404);
  });
});

it('an API whose Postgres and Redis are away shows what it knows itself, within seconds', async () => {
  const app = await createApi(
    {
      databaseUrl: `postgresql://u:p@127.0.0.1:${await reservedPort()}/none`,
      redis: { urls: [`redis://127.0.0.1:${await reservedPort()}`], cluster: false },
      encryptionKeys: [randomBytes(32)],
      jwtSecret: 'j'.repeat(32),
      retentionDays: 30,
      egress: { allowHttp: false, allow: [], allowLoopback: false },
    },
    false,
  );
  const startedAt = performance.now();
  const text = await metricsOfApi(app).text();
  // Two, on a quiet machine.
  expect(performance.now() - startedAt).toBeLessThan(4_000);
  expect(text).toMatch(/^schoolbell_postgres_up 0$/m);
  expect(text).toMatch(/^schoolbell_queue_up 0$/m);
  expect(text).toMatch(/^schoolbell_events_accepted_total\{lane="light"\} 0$/m);
  expect(text).not.toMatch(/^schoolbell_(oldest_due|waiting|partitions)/m);
  await app.close();
});

/** The same event under the same key. */
async function postTwice(packageId: string): Promise<void> {
  const { apiUrl, platformKey, tenantId } = schoolbell;
  const runtime = apiClient(apiUrl, platformKey, {
    'x-tenant-id': tenantId,
    'idempotency-key': randomUUID(),
  });
  const data = { sessionId: 'ses_1', learnerId: 'lrn_1', packageId, completionStatus: 'completed' };
  for (const duplicate of [false, true]) {
    const { status, body } = await runtime.post('/v1/events', { type: 'session.completed', data });
    expect([status, body.duplicate]).toEqual([202, duplicate]);
  }
}

function ours({ families }: Scrape): string[] {
  return families.map(({ name }) => name).filter((name) => name.startsWith('schoolbell_'));
}

/** Of what has lines: the others have none yet. */
function hasOtherLabels({ families }: Scrape, { name, labels }: ListedMetric): boolean {
  const samples = families.find((family) => family.name === name)?.samples ?? [];
  return samples.some((sample) => {
    const names = Object.keys(sample.labels).filter((label) => label !== 'le');
    return names.toSorted().join() !== labels.toSorted().join();
  });
}
