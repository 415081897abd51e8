import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addWebhook } from '../e2e/support/add-webhook.js';
import { apiClient, startSchoolbell, type ApiClient, type Schoolbell } from '../support/index.js';

const POSTERS = 16;

let schoolbell: Schoolbell;
let api: ApiClient;

beforeAll(async () => {
  schoolbell = await startSchoolbell({ dispatchers: 0 });
  api = apiClient(schoolbell.apiUrl, schoolbell.tenantKey);
  await addWebhook({ api });
  await addWebhook({ api });
});

afterAll(() => schoolbell?.stop());

const event = (idempotencyKey: string) => ({
  type: 'session.completed',
  idempotencyKey,
  data: { sessionId: 's', packageId: 'p', learnerId: 'l', completionStatus: 'completed' },
});

/** Posts until the API is gone; tells the ids of what was promised and the keys of what got no answer. */
async function postUntilGone(poster: number) {
  const promised: string[] = [];
  for (let i = 0; ; i++) {
    const key = `${poster}-${i}`;
    try {
      const { status, body } = await api.post('/v1/events', event(key));
      if (status !== 202) throw new Error(`answered ${status}`);
      promised.push(body.id);
    } catch {
      return { promised, unanswered: key };
    }
  }
}

describe('the API is killed while events are posted', () => {
  it('has every event that it answered for, with its deliveries, and takes repeats of the rest', async () => {
    const posting = Array.from({ length: POSTERS }, (_, i) => postUntilGone(i));
    await new Promise((resolve) => setTimeout(resolve, 700));
    await schoolbell.api.kill();
    const outcomes = await Promise.all(posting);
    const promised = outcomes.flatMap((outcome) => outcome.promised);
    expect(promised.length).toBeGreaterThan(POSTERS);

    schoolbell.api.restart();
    await schoolbell.ready();
    for (const { unanswered } of outcomes) {
      const { status, body } = await api.post('/v1/events', event(unanswered));
      expect(status).toBe(202);
      promised.push(body.id);
    }
    const rows = await schoolbell.database.query<{ id: string; deliveries: string }>(
      `SELECT e.id, count(due.delivery_id) AS deliveries
       FROM events e
       LEFT JOIN deliveries d ON d.event_id = e.id
       LEFT JOIN due_deliveries due ON due.delivery_id = d.id
       GROUP BY e.id`,
    );
    // Each event exactly once, and each with both of its deliveries due.
    expect(rows.length).toBe(new Set(promised).size);
    expect(new Set(rows.map(({ deliveries }) => deliveries))).toEqual(new Set(['2']));
    const listed = await api.get(`/v1/events/${promised[0]}`);
    expect(listed.body.deliveries).toHaveLength(2);
  });
});
