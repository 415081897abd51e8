import type { AttemptDocument } from '@schoolbell/api-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureAdvice } from '../../apps/dashboard/src/features/deliveries/verdict/failure-advice.ts';
import {
  Customer,
  startLrs,
  joinSchoolbell,
  type Lrs,
  type LrsStatement,
  type OwnWebhook,
  type JoinedSchoolbell,
} from '../support/index.js';

const TYPES = ['session.launched', 'session.progress', 'session.scored', 'session.completed'];

let schoolbell: JoinedSchoolbell;
let lrs: Lrs;
let customer: Customer;

beforeAll(async () => {
  [schoolbell, lrs] = await Promise.all([joinSchoolbell(), startLrs()]);
  customer = new Customer(schoolbell);
});
afterAll(() => lrs.close());

function register(settings: object = {}): Promise<OwnWebhook> {
  const { username, password } = lrs;
  const authentication = { type: 'basic', username, password };
  return customer.webhook(lrs.url, { format: 'xapi', events: TYPES, authentication, ...settings });
}

/** Each test has its own package. */
const statementsOf = ({ packageId }: OwnWebhook): LrsStatement[] =>
  lrs.statements.filter(({ object }) => 'id' in object && object.id.endsWith(packageId));

const verbsOf = (webhook: OwnWebhook) =>
  statementsOf(webhook).map(({ verb }) => verb.id.split('/').at(-1)!);

describe('a webhook of a Learning Record Store', () => {
  it('has every event of a session stored as a statement', async () => {
    const webhook = await register();
    const { packageId } = webhook;
    await customer.reports('session.launched', { packageId });
    await customer.reports('session.progress', {
      packageId,
      completionStatus: 'incomplete',
      progressMeasure: 0.29,
    });
    await customer.reports('session.scored', { packageId, scoreRaw: 17, scoreMax: 20 });
    await customer.reports('session.completed', {
      packageId,
      lessonStatus: 'passed',
      totalTime: 'PT1M',
    });
    const verbs = ['completed', 'launched', 'progressed', 'scored'];
    await expect.poll(() => verbsOf(webhook).toSorted(), { timeout: 10_000 }).toEqual(verbs);
    const registrations = statementsOf(webhook).map(({ context }) => context!.registration);
    expect(new Set(registrations).size).toBe(1);
  });

  it('sends two statements in version 2.0.0 when it is set so, and the log shows them', async () => {
    const webhook = await register({ xapi: { version: '2.0.0', style: 'split' } });
    const { packageId } = webhook;
    await customer.reports('session.completed', { packageId, lessonStatus: 'passed' });
    const { attempts } = await customer.deliveryIs(webhook, 'delivered');
    expect(verbsOf(webhook)).toEqual(['completed', 'passed']);
    const request = lrs.requests.find(({ body }) => body.includes(packageId))!;
    expect(request.headers).toMatchObject({
      'x-experience-api-version': '2.0.0',
      accept: 'application/json',
    });
    expect(attempts[0]?.request.body).toBe(request.body);
    expect(attempts[0]?.request.headers).toMatchObject({ Authorization: '[redacted]' });
  });

  it('sends a statement once more when the answer was lost, and it is stored once', async () => {
    lrs.answerNext({ instead: 'reset' });
    const webhook = await register({ retrySchedule: [1] });
    await customer.completes(webhook);
    await customer.deliveryIs(webhook, 'delivered');
    expect(verbsOf(webhook)).toEqual(['completed']);
  });

  it('counts a conflict as delivered when the very statement is there already', async () => {
    lrs.answerNext({ instead: 409 });
    const webhook = await register();
    await customer.completes(webhook);
    const { attempts } = await customer.deliveryIs(webhook, 'delivered');
    expect(attempts).toMatchObject([{ outcome: 'delivered', response: { status: 409 } }]);
    const asked = lrs.requests.at(-1)!;
    expect(asked).toMatchObject({ method: 'GET', path: expect.stringContaining('statementId=') });
  });

  it('sends a statement again after a conflict when it is not there', async () => {
    lrs.answerNext(409);
    const webhook = await register({ retrySchedule: [1] });
    await customer.completes(webhook);
    const { attempts } = await customer.deliveryIs(webhook, 'delivered');
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'delivered']);
  });

  it('dead-letters at once what the store refuses, with the store’s own words', async () => {
    lrs.answerNext({ status: 400, body: 'actor.account.homePage is no IRI' });
    const webhook = await register();
    await customer.completes(webhook);
    const { attempts } = await customer.deliveryIs(webhook, 'dead');
    expect(attempts).toHaveLength(1);
    expect(attempts[0]!.error!.message).toMatch(/400.*: actor\.account\.homePage is no IRI/);
    // Of the store's words the dashboard knows those that the API puts before them.
    expect(failureAdvice(attempts[0] as unknown as AttemptDocument).turn).toBe('runtime');
  });

  it('is told when the credentials are wrong', async () => {
    const authentication = { type: 'basic', username: 'key', password: 'wrong' };
    const webhook = await register({ authentication });
    const { status, body } = await customer.api.post(`/v1/webhooks/${webhook.id}/test`);
    expect(status).toBe(200);
    expect(body.attempt).toMatchObject({ outcome: 'failed', response: { status: 401 } });
  });

  it.each([
    ['a version that there is not', { xapi: { version: '3.0.0' } }, 'xapi.version'],
    [
      'a signature, which no LRS knows',
      { authentication: { type: 'signature' } },
      'authentication.type',
    ],
  ])('is refused with %s', async (_what, settings, path) => {
    const { status, body } = await customer.api.post('/v1/webhooks', {
      url: lrs.url,
      format: 'xapi',
      events: TYPES,
      authentication: { type: 'basic', username: 'key', password: 'secret' },
      ...settings,
    });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path }]);
  });

  it('is refused for events that no statement can say', async () => {
    const { status, body } = await customer.api.post('/v1/webhooks', {
      url: lrs.url,
      format: 'xapi',
      events: ['user.created'],
      authentication: { type: 'none' },
    });
    expect([status, body.code]).toEqual([422, 'format_cannot_carry']);
    expect(body.detail).toContain(TYPES[0]);
  });
});
