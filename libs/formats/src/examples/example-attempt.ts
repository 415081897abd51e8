import type { EventType } from '@schoolbell/catalogue';
import type { WebhookAuthentication } from '@schoolbell/delivery';
import type { SettingValues } from '../contract/format-settings.js';
import type { WireFormat } from '../contract/wire-format.js';
import type { AttemptToRender } from '../request/render-request.js';

/** What signs the examples, for readers to try their own code with. Signs nothing else. */
export const EXAMPLE_SECRET = 'whsec_AwoRGB8mLTQ7QklQV15lbHN6gYiPlp2kq7K5wMfO1dw=';

const TENANT = '01931f6e-5a00-7c3a-9b1d-2f6a8e4c1001';
const CREDENTIALS = { username: 'schoolbell', password: 'a-password-of-yours' };

/** Of the catalogue, or beside it. */
export type TypeWithExample = Pick<EventType, 'name' | 'example'>;

/** The first attempt to deliver the example of an event type to a webhook whose format is set as given. */
export function exampleAttempt(
  format: WireFormat,
  type: TypeWithExample,
  settings?: SettingValues,
): AttemptToRender {
  const occurredAt = new Date('2026-04-10T14:32:00.000Z');
  return {
    delivery: {
      id: '019d77d5-8301-7c2f-88ee-3e9dfa2b4004',
      event: {
        id: '019d77d5-8300-7a4e-8c21-5b7d9e3f2002',
        tenantId: TENANT,
        type: type.name,
        occurredAt,
        acceptedAt: occurredAt,
        payload: JSON.stringify(type.example),
      },
      attemptNumber: 1,
      test: false,
    },
    webhook: {
      id: '019d5f0a-1c00-7b52-a9d4-6c8e0f1a3003',
      tenantId: TENANT,
      number: 17,
      url: 'https://receiver.example/webhooks',
      format: format.name,
      formatSettings: format.settings && settings ? { [format.settings.field]: settings } : {},
      authentication: defaultAuthentication(format),
      headers: {},
      secrets: { current: EXAMPLE_SECRET },
      tenantIri: 'https://acme.example',
      tenantDomain: 'acme.example',
      scormApiTenantId: '550e8400-e29b-41d4-a716-446655440000',
    },
    now: Date.parse('2026-04-10T14:32:05.000Z'),
  };
}

function defaultAuthentication({ authentications: [type] }: WireFormat): WebhookAuthentication {
  return type === 'form' || type === 'basic' ? { type, ...CREDENTIALS } : { type: 'signature' };
}
