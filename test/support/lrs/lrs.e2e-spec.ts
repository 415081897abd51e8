import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { startLrs, type Lrs, type LrsOptions } from '../start-lrs.js';
import { GOOD_STATEMENT } from './conformance/conformance-case.js';
import { CONFORMANCE_CASES } from './conformance/conformance-cases.js';

const running: Lrs[] = [];
afterAll(() => Promise.all(running.map((lrs) => lrs.close())));

async function start(options?: LrsOptions): Promise<Lrs> {
  const lrs = await startLrs(options);
  running.push(lrs);
  return lrs;
}

const headersOf = (version: string, headers: Record<string, string> = {}) => ({
  Authorization: `Basic ${btoa('key:secret')}`,
  'X-Experience-API-Version': version,
  ...headers,
});

function post(lrs: Lrs, content: unknown, version = '1.0.3', headers?: Record<string, string>) {
  return fetch(`${lrs.url}/statements`, {
    method: 'POST',
    headers: headersOf(version, { 'Content-Type': 'application/json', ...headers }),
    body: typeof content === 'string' ? content : JSON.stringify(content),
  });
}

const get = (lrs: Lrs, query: string, version = '1.0.3') =>
  fetch(`${lrs.url}/statements${query}`, { headers: headersOf(version) });

const good = (change: object = {}) => ({ ...GOOD_STATEMENT, id: randomUUID(), ...change });

describe.each(['1.0.3', '2.0.0'] as const)('an LRS of xAPI %s', async (version) => {
  const lrs = await start();
  const cases = CONFORMANCE_CASES.filter((one) => (one.version ?? version) === version);

  it.each(cases.filter(({ status }) => status === 200))('stores $requirement', async (one) => {
    const statement = good(one.change);
    const response = await post(lrs, statement, version);
    expect([response.status, await response.text()]).toEqual([200, `["${statement.id}"]`]);
    const stored = await get(lrs, `?statementId=${statement.id}`, version);
    const { stored: _, ...sent } = JSON.parse(JSON.stringify(statement));
    expect(await stored.json()).toMatchObject(sent);
  });

  it.each(cases.filter(({ status }) => status === 400))(
    'refuses $requirement, and the whole batch with it',
    async ({ change }) => {
      const before = lrs.statements.length;
      const bad = good(change);
      expect((await post(lrs, bad, version)).status).toBe(400);
      expect((await post(lrs, [good(), bad], version)).status).toBe(400);
      expect(lrs.statements.length).toBe(before);
    },
  );

  it('answers with the ids in order, its version, and how far it is consistent', async () => {
    const [one, other] = [good(), good()];
    const response = await post(lrs, [other, one], version);
    expect(await response.json()).toEqual([other.id, one.id]);
    expect(response.headers.get('x-experience-api-version')).toBe(version);
    const consistent = response.headers.get('x-experience-api-consistent-through');
    expect(Date.parse(consistent!)).toBeGreaterThan(Date.now() - 60_000);
  });

  it('gives an id, authority, stored, timestamp and version where there are none', async () => {
    const { timestamp: _, ...statement } = GOOD_STATEMENT;
    const [id] = (await (await post(lrs, statement, version)).json()) as [string];
    const stored = (await (await get(lrs, `?statementId=${id}`, version)).json()) as any;
    expect(stored).toMatchObject({ id, version: '1.0.0', authority: { account: { name: 'key' } } });
    expect(stored.timestamp).toBe(stored.stored);
  });

  it('refuses a batch in which an id comes twice', async () => {
    const statement = good();
    expect((await post(lrs, [statement, statement], version)).status).toBe(400);
    expect((await get(lrs, `?statementId=${statement.id}`, version)).status).toBe(404);
  });
});

describe('a statement whose id is stored already', async () => {
  const lrs = await start();
  const statement = good();
  await post(lrs, statement);

  it.each([
    ['the very same', {}],
    [
      'one with its keys in another order',
      Object.fromEntries(Object.entries(statement).toReversed()),
    ],
    ['one with its id in upper case', { id: statement.id.toUpperCase() }],
    ['one with the same instant in another zone', { timestamp: '2026-04-10T16:32:00+02:00' }],
    ['one without a timestamp', { timestamp: undefined }],
    ['one with another version', { version: '1.0.3' }],
    ['one with another authority', { authority: { mbox: 'mailto:a@b.example' } }],
    ['one with another display', { verb: { id: statement.verb.id } }],
    [
      'one with another definition',
      { object: { id: statement.object.id, objectType: 'Activity' } },
    ],
    ['one with a finer duration', { result: { ...statement.result, duration: 'PT12M34.5012S' } }],
  ])('is answered with 200 and kept once when it is %s', async (_what, change) => {
    const response = await post(lrs, { ...statement, ...change });
    expect([response.status, await response.json()]).toEqual([200, [statement.id]]);
    expect(lrs.statements).toHaveLength(1);
  });

  it.each([
    ['another actor', { actor: { mbox: 'mailto:a@b.example' } }],
    ['another verb', { verb: { id: 'https://example.com/verb' } }],
    ['another object', { object: { id: 'https://example.com/other' } }],
    ['another result', { result: { ...statement.result, success: false } }],
    ['no result', { result: undefined }],
    ['another registration', { context: { registration: randomUUID() } }],
    ['another timestamp', { timestamp: '2026-04-10T14:32:00.001Z' }],
  ])('is answered with 409 when it has %s, and the whole batch with it', async (_what, change) => {
    expect((await post(lrs, [good(), { ...statement, ...change }])).status).toBe(409);
    expect(lrs.statements).toHaveLength(1);
  });

  it('is answered with 409 even when it is the same by an LRS that takes no repeats', async () => {
    const strict = await start({ refusesRepeats: true });
    await post(strict, statement);
    expect((await post(strict, statement)).status).toBe(409);
  });
});

describe('a request to an LRS', async () => {
  const lrs = await start({ tokens: ['tok'], maxBytes: 2000 });

  it.each([
    ['without the version header', { 'X-Experience-API-Version': '' }, 400],
    ['of a version before 1.0', { 'X-Experience-API-Version': '0.95' }, 400],
    ['of a later version', { 'X-Experience-API-Version': '1.1.0' }, 400],
    ['of version 1.0', { 'X-Experience-API-Version': '1.0' }, 200],
    ['of another patch', { 'X-Experience-API-Version': '1.0.9' }, 200],
    ['without credentials', { Authorization: '' }, 401],
    ['with a wrong password', { Authorization: `Basic ${btoa('key:wrong')}` }, 401],
    ['with a token', { Authorization: 'Bearer tok' }, 200],
    ['with a wrong token', { Authorization: 'Bearer other' }, 401],
    ['with a charset', { 'Content-Type': 'application/json; charset=utf-8' }, 200],
    ['of a form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 400],
    ['of text', { 'Content-Type': 'text/plain' }, 400],
    ['of several parts', { 'Content-Type': 'multipart/form-data; boundary=a' }, 400],
  ])('%s', async (_what, headers, status) => {
    const response = await post(lrs, good(), '1.0.3', headers);
    expect([response.status, await response.text()]).toEqual([status, expect.any(String)]);
  });

  it.each([
    ['that is not JSON', '{"actor":', 400],
    ['that is a text', '"statement"', 400],
    ['that is null', 'null', 400],
    ['that is an empty list', '[]', 200],
    ['that is too large', ' '.repeat(2001), 413],
  ])('with a body %s', async (_what, body, status) => {
    expect((await post(lrs, body)).status).toBe(status);
  });

  it.each([
    ['an id that is not a UUID', '?statementId=1', 400],
    ['an unknown id', `?statementId=${randomUUID()}`, 404],
    ['a parameter in another case', `?StatementId=${randomUUID()}`, 400],
    ['an unknown parameter', '?foo=bar', 400],
    ['a list', '', 200],
  ])('for %s', async (_what, query, status) => {
    expect((await get(lrs, query)).status).toBe(status);
  });

  it('may be scripted: refused, late, lost on the way back, cut off', async () => {
    const scripted = await start();
    const statement = good();
    const retryLater = { status: 429, headers: { 'Retry-After': '7' } };
    scripted.answerNext(retryLater, { instead: 503 }, { delayMs: 30 }, 'reset');
    const refusal = await post(scripted, statement);
    expect([refusal.status, refusal.headers.get('retry-after')]).toEqual([429, '7']);
    expect(scripted.statements).toEqual([]);
    expect((await post(scripted, statement)).status).toBe(503);
    expect(await scripted.waitForStatements(1)).toMatchObject([{ id: statement.id }]);
    const before = performance.now();
    expect((await post(scripted, statement)).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(25);
    await expect(post(scripted, statement)).rejects.toThrow();
    expect(scripted.requests).toHaveLength(4);
    expect(scripted.requests[0]).toMatchObject({ path: '/xapi/statements', method: 'POST' });
  });

  it('of a version that only others know is refused with the version to take', async () => {
    const old = await start({ versions: ['1.0.3'] });
    const response = await post(old, good(), '2.0.0');
    expect(response.status).toBe(400);
    expect(response.headers.get('x-experience-api-version')).toBe('1.0.3');
    const about = await fetch(`${old.url}/about`);
    expect([about.status, await about.json()]).toEqual([200, { version: ['1.0.3'] }]);
  });
});
