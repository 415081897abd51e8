import { once } from 'node:events';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Schoolbell, startSchoolbell } from '../support/index.js';

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
    // The key is checked before the body is read: an answer to it means that the request has begun.
    await fetch(`${schoolbell.apiUrl}/health/live`);

    const stopped = schoolbell.api.term();
    await refused(`${schoolbell.apiUrl}/health/live`);
    slow.end(body.slice(10));
    const [answer] = await answered;
    expect(answer.statusCode).toBe(201);
    expect(await json(answer)).toMatchObject({ url: 'https://example.com/' });
    expect(await stopped).toBe(0);
  });
});

/** Resolves once new connections are refused, or answered with 503. */
async function refused(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url, { headers: { Connection: 'close' } }).catch(() => undefined);
    if (!answer || answer.status === 503) return;
  }
}
