import { DEFAULT_WEBHOOK_SETTINGS } from '@schoolbell/delivery';
import {
  ApiKeyRepository,
  EventTypeRepository,
  TenantRepository,
  WebhookRepository,
  WebhookSecretRepository,
} from '@schoolbell/persistence';
import { expect } from 'vitest';
import { AN_AUTHOR } from '../support/index.js';
import { type DeliveryFixtures, deliveryTest } from './delivery-fixtures.js';

const TABLES = ['webhooks', 'api_keys', 'event_types', 'tenants'];
const PAGE = { limit: 10 };
const ROTATION = { secret: 'whsec_other', publicKey: null, previousExpiresAt: null };

/** One resource of each kind, and every call that can be made on it. */
async function callsOn({ db, tenantId }: DeliveryFixtures) {
  const [webhooks, secrets] = [new WebhookRepository(db), new WebhookSecretRepository(db)];
  const [keys, types, tenants] = [
    new ApiKeyRepository(db),
    new EventTypeRepository(db),
    new TenantRepository(db),
  ];
  const creation = await webhooks.create(AN_AUTHOR, tenantId, {
    ...DEFAULT_WEBHOOK_SETTINGS,
    url: 'https://receiver.example/',
    eventTypes: ['*'],
    everyEvent: true,
    // Each rate has its own row.
    rateLimit: 5,
    secret: 'whsec_secret',
    publicKey: null,
    status: 'awaiting_consent',
  });
  if (creation.kind !== 'created') throw new Error(creation.kind);
  const draft = { type: 'own.type', description: 'Own.', schema: 'true', example: '{}' };
  const registration = await types.create(AN_AUTHOR, tenantId, draft);
  if (registration.kind !== 'created') throw new Error(registration.kind);
  const key = await keys.create(AN_AUTHOR, { tenantId, name: 'key', permissions: [] });
  const { webhook } = creation;
  const { eventType } = registration;
  const settings = { description: 'changed' };
  return {
    'list webhooks': () => webhooks.list(tenantId, PAGE),
    'find a webhook': () => webhooks.find(tenantId, webhook.id),
    'change a webhook': () => webhooks.update(AN_AUTHOR, webhook, { settings }),
    'pause a webhook': () => webhooks.pause(AN_AUTHOR, tenantId, webhook.id),
    'resume a webhook': async () => {
      const { version } = (await webhooks.find(tenantId, webhook.id)) ?? webhook;
      return webhooks.resume(AN_AUTHOR, { ...webhook, version }, 'discard', 'active');
    },
    'find a secret': () => secrets.find(tenantId, webhook.id, new Date()),
    'read a secret': () => secrets.reveal(AN_AUTHOR, tenantId, webhook.id, new Date()),
    'rotate a secret': () => secrets.rotate(AN_AUTHOR, tenantId, webhook.id, ROTATION),
    'list keys': () => keys.list({ tenantId }, PAGE),
    'list event types': () => types.list(tenantId, PAGE),
    'find event types': () => types.find(tenantId, ['own.type']),
    'find what was ever known': () => types.everKnown(tenantId, ['own.type']),
    'change an event type': () => types.update(AN_AUTHOR, eventType, { description: 'New.' }),
    'find the tenant': () => tenants.find(tenantId),
    'delete an event type': () => types.delete(AN_AUTHOR, eventType),
    'revoke a key': () => keys.revoke(AN_AUTHOR, { tenantId }, key.record.id),
    'delete a webhook': () => webhooks.delete(AN_AUTHOR, tenantId, webhook.id),
  };
}

/** Whether an answer contains nothing, or says that nothing was done. */
const isNothing = (answer: unknown): boolean =>
  !answer || (Array.isArray(answer) && answer.length === 0);

deliveryTest('whatever serves a tenant is bound by row-level security', async ({ fixtures }) => {
  const calls = Object.entries(await callsOn(fixtures));
  const answered = async (): Promise<string[]> => {
    const names: string[] = [];
    for (const [name, call] of calls) if (!isNothing(await call())) names.push(name);
    return names;
  };
  const setPolicies = async (condition: (table: string) => string): Promise<void> => {
    for (const table of TABLES) {
      await fixtures.sql(`ALTER POLICY of_tenant ON ${table} USING (${condition(table)})`);
    }
  };
  await setPolicies(() => 'false');
  expect(await answered()).toEqual([]);
  await setPolicies((table) => `${table === 'tenants' ? 'id' : 'tenant_id'} = current_tenant()`);
  expect(await answered()).toEqual(calls.map(([name]) => name));
});
