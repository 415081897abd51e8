import { randomUUID } from 'node:crypto';
import { toTypeId } from '@schoolbell/ids';
import { addDeadLetters } from './dead-letters.js';
import { addWebhook } from './add-webhook.js';
import type { Call, Change, Changed } from './audited/change.js';
import { CHANGES_OF_PEOPLE } from './audited/changes-of-people.js';

/** A change of a webhook that is made for it. */
function ofWebhook(
  change: (where: Changed, path: string) => ReturnType<Call>,
  before?: (where: Changed, path: string, id: string) => Promise<unknown>,
): Change {
  return async (where) => {
    const id = await addWebhook(where, { url: where.receiver.url });
    const path = `/v1/webhooks/${id}`;
    await before?.(where, path, id);
    return () => change(where, path);
  };
}

function ofScormApiWebhook(change: (where: Changed, path: string) => ReturnType<Call>): Change {
  return async (where) => {
    const path = '/api/v1/webhooks';
    const { body } = await where.api.post(path, scormApiWebhook(where));
    return () => change(where, `${path}/${body.id}`);
  };
}

function ofEventType(change: (where: Changed, path: string) => ReturnType<Call>): Change {
  return async (where) => {
    const type = eventType();
    await where.api.post('/v1/event-types', type);
    return () => change(where, `/v1/event-types/${type.type}`);
  };
}

const scormApiWebhook = ({ receiver }: Changed) => ({
  url: receiver.url,
  event_type: 'session.completed',
});
const eventType = () => ({
  type: `own.a${randomUUID().slice(0, 8)}`,
  description: 'Own.',
  schema: true,
  example: {},
});
const aKey = { name: 'Another', permissions: ['events:read'] };
const withDeadLetters = async ({ schoolbell }: Changed, _path: string, id: string) =>
  addDeadLetters(schoolbell.database, id, 2);

/**
 * The call of every operation that makes changes, by its id; each makes one entry in the audit log. The spec fails for
 * an operation that is neither here nor among its exceptions.
 */
export const CHANGES: Record<string, Change> = {
  createWebhook: async (where) => () =>
    where.api.post('/v1/webhooks', { url: where.receiver.url, events: ['*'] }),
  updateWebhook: ofWebhook(({ api }, path) => api.patch(path, { timeoutSeconds: 20 })),
  deleteWebhook: ofWebhook(({ api }, path) => api.delete(path)),
  pauseWebhook: ofWebhook(({ api }, path) => api.post(`${path}/pause`)),
  resumeWebhook: ofWebhook(
    ({ api }, path) => api.post(`${path}/resume`),
    ({ api }, path) => api.post(`${path}/pause`),
  ),
  rotateWebhookSecret: ofWebhook(({ api }, path) => api.post(`${path}/secret/rotate`)),
  testWebhook: ofWebhook(({ api }, path) => api.post(`${path}/test`)),
  replayWebhook: ofWebhook(({ api }, path) =>
    api.post(`${path}/replay`, { from: '2026-11-22T00:00:00Z', to: new Date().toISOString() }),
  ),

  createScormApiWebhook: async (where) => () =>
    where.api.post('/api/v1/webhooks', scormApiWebhook(where)),
  updateScormApiWebhook: ofScormApiWebhook(({ api }, path) =>
    api.patch(path, { is_active: false }),
  ),
  deleteScormApiWebhook: ofScormApiWebhook(({ api }, path) => api.delete(path)),

  createEventType:
    async ({ api }) =>
    () =>
      api.post('/v1/event-types', eventType()),
  updateEventType: ofEventType(({ api }, path) => api.patch(path, { description: 'Changed.' })),
  deleteEventType: ofEventType(({ api }, path) => api.delete(path)),

  createApiKey:
    async ({ api }) =>
    () =>
      api.post('/v1/api-keys', aKey),
  revokeApiKey: async ({ api }) => {
    const { body } = await api.post('/v1/api-keys', aKey);
    return () => api.delete(`/v1/api-keys/${body.id}`);
  },

  createTenant:
    async ({ platform }) =>
    () =>
      platform.post('/v1/tenants', { name: 'Another' }),
  updateTenant:
    async ({ platform, schoolbell }) =>
    () =>
      platform.patch(`/v1/tenants/${schoolbell.tenantId}`, { webhookLimit: 250 }),

  retryDelivery: async (where) => {
    const id = await addWebhook(where);
    await withDeadLetters(where, '', id);
    const [row] = await where.schoolbell.database.query<{ id: string }>(
      `SELECT id FROM deliveries WHERE status = 'dead' ORDER BY id DESC LIMIT 1`,
    );
    return () => where.api.post(`/v1/deliveries/${toTypeId('delivery', row!.id)}/retry`);
  },
  deliverEvent: async (where) => {
    const id = await addWebhook(where, { events: ['session.launched'] });
    const event = { type: 'package.updated', data: { packageId: 'pkg_1', version: '2' } };
    const { body } = await where.api.post('/v1/events', event);
    return () => where.api.post(`/v1/events/${body.id}/deliver`, { webhookId: id });
  },
  retryDeadLetters: ofWebhook(({ api }) => api.post('/v1/dead-letters/retry'), withDeadLetters),
  discardDeadLetters: ofWebhook(({ api }) => api.post('/v1/dead-letters/discard'), withDeadLetters),
  cancelOperation: async (where) => {
    await withDeadLetters(where, '', await addWebhook(where));
    const { body } = await where.api.post('/v1/dead-letters/retry');
    return () => where.api.post(`/v1/operations/${body.id}/cancel`);
  },
  updateSettings:
    async ({ api }) =>
    () =>
      api.patch('/v1/settings', { timeZone: 'Europe/Berlin' }),
  createErasure:
    async ({ api }) =>
    () =>
      api.post('/v1/erasures', { learnerId: 'lrn_1' }),

  ...CHANGES_OF_PEOPLE,
};
