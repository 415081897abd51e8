import { fromTypeId, toTypeId } from '@schoolbell/ids';
import { describe, expect, it } from 'vitest';
import { apiClient, eventually, SharedWorld } from '../support/index.js';
import { addWebhook } from './support/add-webhook.js';

const world = new SharedWorld();
const api = () => world.customer.api;

/** A webhook, and an event outside its scope. */
async function unwanted(settings: Record<string, unknown> = {}) {
  const webhookId = await addWebhook(
    { api: api() },
    { url: world.receiver.url, scopes: { packageIds: ['pkg_elsewhere'] }, ...settings },
  );
  const packageId = 'pkg_here';
  const eventId = await world.customer.reports('session.completed', {
    packageId,
    completionStatus: 'completed',
  });
  return { webhookId, eventId };
}

const deliver = (eventId: string, webhookId: string) =>
  api().post(`/v1/events/${eventId}/deliver`, { webhookId });
const ofWebhook = async (webhookId: string) =>
  (await api().get(`/v1/webhooks/${webhookId}/deliveries`)).body.data;
const whenDelivered = (webhookId: string) =>
  eventually(async () => {
    const [delivery] = await ofWebhook(webhookId);
    expect(delivery).toMatchObject({ status: 'delivered' });
    return delivery;
  });
const refused = (answer: { status: number; body: any }) => [answer.status, answer.body.code];

describe('sending one event to one webhook', () => {
  it('delivers the same event to a webhook whose scope left it out, and says so in the audit log', async () => {
    const { webhookId, eventId } = await unwanted();
    expect(await ofWebhook(webhookId)).toEqual([]);
    const answer = await deliver(eventId, webhookId);
    expect(answer).toMatchObject({ status: 202, body: { eventId, webhookId, status: 'pending' } });
    expect(await whenDelivered(webhookId)).toMatchObject({ id: answer.body.id, attemptCount: 1 });
    expect(world.receiver.requests[0]!.headers['webhook-id']).toBe(eventId);
    const entries = await world.schoolbell.database.query(
      'SELECT action, after FROM audit_log WHERE resource_id = $1',
      [answer.body.id],
    );
    expect(entries).toEqual([{ action: 'delivery.created', after: { eventId, webhookId } }]);
  });

  it('reaches a webhook that was created after the event came', async () => {
    const { eventId } = await unwanted();
    const webhookId = await addWebhook({ api: api() }, { url: world.receiver.url });
    expect((await deliver(eventId, webhookId)).status).toBe(202);
    await whenDelivered(webhookId);
  });

  it('makes one delivery when many ask at the same instant', async () => {
    const { webhookId, eventId } = await unwanted();
    const answers = await Promise.all(Array.from({ length: 5 }, () => deliver(eventId, webhookId)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(await ofWebhook(webhookId)).toHaveLength(1);
  });

  it('is a retry where there is a delivery, and a new delivery where that was discarded', async () => {
    const { webhookId, eventId } = await unwanted();
    const first = await deliver(eventId, webhookId);
    await whenDelivered(webhookId);
    expect((await deliver(eventId, webhookId)).body.id).toBe(first.body.id);
    await eventually(async () => {
      expect((await ofWebhook(webhookId))[0]).toMatchObject({
        status: 'delivered',
        attemptCount: 2,
      });
    });
    await world.schoolbell.database.query(
      `UPDATE deliveries SET status = 'discarded' WHERE id = $1`,
      [fromTypeId('delivery', first.body.id)],
    );
    const again = await deliver(eventId, webhookId);
    expect(again.body.id).not.toBe(first.body.id);
    await whenDelivered(webhookId);
  });

  it('leaves the filter to decide', async () => {
    const { webhookId, eventId } = await unwanted({ filter: 'data.packageId = "another"' });
    await deliver(eventId, webhookId);
    await eventually(async () => {
      const found = await ofWebhook(webhookId);
      expect(found).toMatchObject([{ status: 'discarded', discardReason: 'filtered' }]);
    });
    expect(world.receiver.requests).toEqual([]);
  });

  it('is refused while the webhook is paused, and where event or webhook are missing', async () => {
    const { webhookId, eventId } = await unwanted();
    const nobody = '01900000-0000-7000-8000-000000000000';
    const noEvent = await deliver(toTypeId('event', nobody), webhookId);
    expect(refused(noEvent)).toEqual([404, 'not_found']);
    for (const other of [toTypeId('webhook', nobody), eventId, 'hello']) {
      expect(refused(await deliver(eventId, other))).toEqual([404, 'not_found']);
    }
    await api().post(`/v1/webhooks/${webhookId}/pause`);
    expect(refused(await deliver(eventId, webhookId))).toEqual([409, 'webhook_paused']);
    await api().delete(`/v1/webhooks/${webhookId}`);
    expect(refused(await deliver(eventId, webhookId))).toEqual([404, 'not_found']);
    const made = await world.schoolbell.database.query(
      'SELECT FROM deliveries WHERE webhook_id = $1',
      [fromTypeId('webhook', webhookId)],
    );
    expect(made).toEqual([]);
  });

  it('sends neither the event of a test nor one that was erased', async () => {
    const { webhookId, eventId } = await unwanted();
    const { body } = await api().post(`/v1/webhooks/${webhookId}/test`);
    const other = await addWebhook({ api: api() }, { url: world.receiver.url });
    expect(refused(await deliver(body.delivery.eventId, other))).toEqual([
      409,
      'delivery_not_retryable',
    ]);
    await world.schoolbell.database.query('UPDATE events SET erased_at = now() WHERE id = $1', [
      fromTypeId('event', eventId),
    ]);
    expect(refused(await deliver(eventId, webhookId))).toEqual([409, 'event_erased']);
  });

  it('needs deliveries:write', async () => {
    const { webhookId, eventId } = await unwanted();
    const permissions = ['events:read', 'deliveries:read'];
    const { body } = await api().post('/v1/api-keys', { name: 'reader', permissions });
    const reader = apiClient(world.schoolbell.apiUrl, body.key);
    const answer = await reader.post(`/v1/events/${eventId}/deliver`, { webhookId });
    expect(refused(answer)).toEqual([403, 'permission_denied']);
  });
});
