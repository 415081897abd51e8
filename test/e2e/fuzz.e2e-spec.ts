import { beforeAll, describe, expect, it } from 'vitest';
import { startReceiver, World } from '../support/index.js';
import { TEST_TIMEOUT_MS } from './support/fuzz/fuzz-budget.js';
import { FuzzRun } from './support/fuzz/fuzz-run.js';
import { faultOfProblem } from './support/fuzz/judge-answer.js';
import * as requests from './support/fuzz/requests-of.js';
import type { OpenApiOperation } from './support/openapi.js';

/** Segments that name nothing, or another path. */
const ODD_SEGMENTS = ['', '.', '..', '%2e%2e', '%2F', '%zz', '%c0%ae', '%00', 'x'.repeat(9_000)];

const world = new World({ env: { LOG_LEVEL: 'warn', TRUSTED_PROXIES: '127.0.0.1/32' } });
let run: FuzzRun;

beforeAll(async () => {
  run = await FuzzRun.of(world.schoolbell);
  await seedThings();
  await run.makeThings();
  return () => run.client.close();
}, 120_000);

/** Things that no operation creates by its example alone. */
async function seedThings(): Promise<void> {
  const { customer } = world;
  // The id in the examples of the SCORM API.
  const scormApiTenantId = '550e8400-e29b-41d4-a716-446655440000';
  await customer.gets({ webhookLimit: 100_000, eventTypeLimit: 10_000, scormApiTenantId });
  const receiver = await startReceiver();
  const webhook = await customer.webhook(receiver.url);
  await customer.completes(webhook);
  run.ids.add('/v1/deliveries', (await customer.deliveryIs(webhook, 'delivered')).id);
  await receiver.close();
  const session = { sessionId: 'a session', packageId: 'pkg_1', learnerId: 'lrn_1' };
  run.ids.add('/v1/scorm/sessions', session.sessionId);
  const commitUrl = await customer.launches(session);
  run.ids.add('/v1/scorm/commits', commitUrl.split('/').at(-1)!);
  run.ids.add('/v1/operations', (await customer.api.post('/v1/dead-letters/retry')).body.id);
}

const takesBody = ({ requestBody }: OpenApiOperation): boolean => requestBody !== undefined;
const mayHaveBody = ({ method }: OpenApiOperation): boolean => !/GET|OPTIONS/.test(method);
const hasId = ({ path }: OpenApiOperation): boolean => path.includes('{');

describe('every operation of the OpenAPI document', { timeout: TEST_TIMEOUT_MS }, () => {
  it('answers what the document describes as the document says', async () => {
    expect(await run.faultsOf(requests.validRequests, 12)).toEqual([]);
    expect(run.succeeded.size).toBeGreaterThan(run.operations.length * 0.85);
  });

  it('refuses a body that is wrong somewhere with a documented error', async () => {
    expect(await run.faultsOf(requests.spoiltBodies, 40, takesBody)).toEqual([]);
  });

  it('refuses bytes that are no acceptable JSON', async () => {
    expect(await run.faultsOf(requests.hostileBodies, 12, mayHaveBody)).toEqual([]);
  });

  it('takes any query', async () => {
    expect(await run.faultsOf(requests.hostileQueries, 12)).toEqual([]);
  });

  it('finds nothing behind ids that were never given out', async () => {
    expect(await run.faultsOf(requests.hostileIds, 15, hasId)).toEqual([]);
  });

  it('takes any headers', async () => {
    expect(await run.faultsOf(requests.hostileHeaders, 8)).toEqual([]);
  });
});

describe('every path of the OpenAPI document', () => {
  const send = (method: string, target: string) =>
    run.client.send({ method, target, headers: { 'X-API-Key': world.schoolbell.tenantKey } });

  it('refuses methods that it does not take', async () => {
    for (const path of Object.keys(run.document.paths)) {
      const target = path.replaceAll(/{\w+}/g, 'x');
      for (const method of ['PUT', 'TRACE', 'PROPFIND']) {
        const answer = await send(method, target);
        expect(faultOfProblem(answer), `${method} ${target}`).toBeUndefined();
        expect([404, 405], `${method} ${target}`).toContain(answer.status);
      }
    }
  });

  it('refuses what cannot be a part of it', async () => {
    for (const { path } of run.operations.filter(hasId)) {
      for (const segment of ODD_SEGMENTS) {
        const target = path.replaceAll(/{\w+}/g, segment);
        const answer = await send('GET', target);
        const isList = answer.status === 200 && segment === '';
        expect(isList ? undefined : faultOfProblem(answer), `GET ${target}`).toBeUndefined();
      }
    }
  });
});

describe('whatever was asked', () => {
  it('API and dispatcher are alive and well afterwards', async () => {
    const { api, dispatchers } = world.schoolbell;
    expect([api, ...dispatchers].every(({ alive }) => alive)).toBe(true);
    expect((await world.customer.api.get('/health/ready')).body.status).toBe('up');
    expect(api.logs).not.toMatch(/internal_error|unhandled/i);
  });
});
