import { once } from 'node:events';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Customer, eventually, type Schoolbell, startSchoolbell } from '../support/index.js';

let schoolbell: Schoolbell;
beforeAll(async () => {
  schoolbell = await startSchoolbell({ dispatchers: 0 });
});
afterAll(() => schoolbell.stop());

describe('an API that is told to stop', () => {
  it('answers the requests that it has begun, takes no new ones, and exits with 0', async () => {
    const body = JSON.stringify({ url: 'https://example.com/', events: ['*'] });
    const headers = {
      'X-API-Key': schoolbell.tenantKey,
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
    };
    const slow = request(`${schoolbell.apiUrl}/v1/webhooks`, { method: 'POST', headers });
    const answered = once(slow, 'response');
    slow.write(body.slice(0, 10));
    // The key is checked before the body is read: an answer means that the request has begun.
    await fetch(`${schoolbell.apiUrl}/health/live`);

    const stopped = schoolbell.api.term();
    await refused(`${schoolbell.apiUrl}/health/live`);
    slow.end(body.slice(10));
    const [answer] = await answered;
    expect(answer.statusCode).toBe(201);
    expect(await json(answer)).toMatchObject({ url: 'https://example.com/' });
    expect(await stopped).toBe(0);
  });

  it('exits with 0 within its grace period also while a request has no answer yet', async () => {
    const env = { SHUTDOWN_GRACE_SECONDS: '2' };
    const impatient = await startSchoolbell({ dispatchers: 0, env });
    try {
      const customer = new Customer(impatient);
      const webhook = await customer.webhook('https://example.com/');
      // Waits for a dispatcher, but there is none.
      const test = customer.api.post(`/v1/webhooks/${webhook.id}/test`).catch(() => 'unanswered');
      const tests = () => impatient.database.query('SELECT FROM deliveries WHERE test');
      await eventually(async () => expect(await tests()).toHaveLength(1));
      const before = performance.now();
      expect(await impatient.api.term()).toBe(0);
      expect(performance.now() - before).toBeLessThan(2000);
      expect(await test).toBe('unanswered');
    } finally {
      await impatient.stop();
    }
  });
});

/** Resolves once new connections are refused, or answered with 503. */
async function refused(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url, { headers: { Connection: 'close' } }).catch(() => undefined);
    if (!answer || answer.status === 503) return;
  }
}
