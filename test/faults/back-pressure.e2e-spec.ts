import { Client } from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { apiClient } from '../support/index.js';
import { openBooks } from './support/open-books.js';

const EVENTS = 500;
/** Almost the largest size of an event. All of them together exceed the API's memory. */
const BYTES = 240 * 1024;

it('while Postgres stores nothing, the API refuses with 503 and Retry-After before its memory grows', async () => {
  const NODE_OPTIONS = '--max-old-space-size=160';
  const { schoolbell, ledger } = await openBooks({ env: { NODE_OPTIONS }, dispatchers: 0 });
  const stuck = new Client({ connectionString: schoolbell.database.url });
  await stuck.connect();
  onTestFinished(() => stuck.end());
  await stuck.query('BEGIN; LOCK TABLE events IN EXCLUSIVE MODE');

  const api = apiClient(schoolbell.apiUrl, schoolbell.tenantKey);
  const body = JSON.stringify({
    type: 'session.completed',
    data: {
      sessionId: 's',
      packageId: 'p',
      learnerId: 'l',
      completionStatus: 'completed',
      suspendData: 'x'.repeat(BYTES),
    },
  });
  let refused = 0;
  let answered = 0;
  const posting = Array.from({ length: EVENTS }, async () => {
    const answer = await api.post('/v1/events', body);
    answered++;
    if (answer.status !== 503) return answer;
    expect(answer.body.code).toBe('service_unavailable');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    refused++;
    return answer;
  });
  await expect.poll(() => refused, { timeout: 60_000 }).toBeGreaterThan(EVENTS / 2);
  expect(answered).toBe(refused);
  const lines = schoolbell.api.logLines.filter(({ msg }) =>
    String(msg).startsWith('service_unavailable'),
  );
  expect(lines.length, 'lines about refusals').toBeLessThanOrEqual(3);

  await stuck.query('ROLLBACK');
  const answers = await Promise.all(posting);
  const accepted = answers.filter(({ status }) => status === 202);
  expect(accepted.length).toBe(EVENTS - refused);
  accepted.forEach(({ body: { id } }, index) => ledger.poster.promised.set(`big-${index}`, id));
  expect(await ledger.close({ waiting: true })).toMatchObject({
    deliveries: { waiting: accepted.length * 3 },
  });
});
