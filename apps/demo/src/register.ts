import {
  createWebhook,
  deleteWebhook,
  listTemplates,
  listWebhooks,
  type WebhookDocument,
} from '@schoolbell/api-client';
import type { DemoApi } from './api.js';
import { castWith, type Role } from './cast.js';

/** Marks a webhook as the demo's. */
const MARK = { madeBy: 'npm run demo' };

/** A webhook of the cast, as it is registered. */
export interface CastWebhook {
  role: Role;
  id: string;
  secret: string;
}

/**
 * Registers the cast. What an earlier demo registered is deleted first: its receivers are gone.
 *
 * @param urlOf gives the address at which a role's receiver listens
 */
export async function registerCast(
  { customer: client }: DemoApi,
  urlOf: (name: string) => string,
): Promise<[CastWebhook, ...CastWebhook[]]> {
  for (const { id } of await webhooksOfDemos(client)) {
    await deleteWebhook({ client, path: { id } });
  }
  const { data: templates } = await listTemplates({ client });
  const [first, ...others] = castWith(templates.find(({ name }) => name === 'slack')!.expression);
  const register = async (role: Role): Promise<CastWebhook> => {
    const body = { ...role.settings, url: urlOf(role.name), metadata: MARK };
    const { id, secret } = await createWebhook({ client, body });
    return { role, id, secret };
  };
  // One after the other, so that lists have them in this order.
  const cast: [CastWebhook, ...CastWebhook[]] = [await register(first)];
  for (const role of others) cast.push(await register(role));
  return cast;
}

async function webhooksOfDemos(client: DemoApi['customer']): Promise<WebhookDocument[]> {
  const { data } = await listWebhooks({ client, query: { limit: 100 } });
  return data.filter(({ metadata }) => metadata.madeBy === MARK.madeBy);
}
