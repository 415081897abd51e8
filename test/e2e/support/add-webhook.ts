import type { TenantUnderTest } from './start-api.js';

/** Registers a webhook over the API. @returns its TypeID */
export async function addWebhook(
  tenant: Pick<TenantUnderTest, 'api'>,
  settings: Record<string, unknown> = {},
): Promise<string> {
  const { status, body } = await tenant.api.post('/v1/webhooks', {
    url: 'https://receiver.example/hook',
    events: ['*'],
    ...settings,
  });
  if (status !== 201) throw new Error(`The webhook was refused: ${JSON.stringify(body)}`);
  return body.id;
}
