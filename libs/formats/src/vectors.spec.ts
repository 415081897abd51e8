import { readFileSync } from 'node:fs';
import { fromTypeId } from '@schoolbell/ids';
import { type EventRecord, type WebhookAuthentication } from '@schoolbell/delivery';
import { describe, expect, it } from 'vitest';
import { formatNamed, FORMAT_NAMES } from './formats.js';
import { renderBody, renderRequest, type AttemptToRender } from './request/render-request.js';
import { USER_AGENT } from './request/user-agent.js';

interface VectorEvent {
  uuid: string;
  type: string;
  occurredAt: string;
  data: unknown;
}

interface Vector {
  case: string;
  secret?: string;
  previousSecret?: string;
  /** Of an Ed25519 pair. */
  secretKey?: string;
  authentication?: WebhookAuthentication;
  signature?: { header?: string; encoding?: 'hex' | 'base64'; prefix?: string };
  /** Of the format itself. */
  settings?: Record<string, unknown>;
  request?: { url: string };
  event?: VectorEvent;
  batchId?: string;
  events?: [VectorEvent, ...VectorEvent[]];
  body: string;
  headers: Record<string, string>;
}

interface Vectors {
  tenant: { uuid: string; domain: string; iri: string; scormApiTenantId?: string };
  webhook: { uuid: string; number: number };
  attempt: { deliveryId: string; number: number; timestampSeconds: number };
  vectors: Vector[];
}

/** A format without one is without proof. */
const FORMATS_WITH_VECTORS = FORMAT_NAMES.filter((name) => name !== 'custom');

function vectorsOf(format: string): Vectors {
  const url = new URL(`./formats/${format}/vectors.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8'));
}

function toAttempt(format: string, vectors: Vectors, vector: Vector): AttemptToRender {
  const { tenant, webhook, attempt } = vectors;
  const { settings, signature, secretKey, secret = secretKey, previousSecret } = vector;
  const now = attempt.timestampSeconds * 1000 + 999;
  const field = formatNamed(format)?.settings?.field;
  return {
    delivery: {
      ...toDelivery(vectors, vector),
      attemptNumber: attempt.number,
      test: false,
    },
    webhook: {
      id: webhook.uuid,
      tenantId: tenant.uuid,
      number: webhook.number,
      url: vector.request ? 'https://lrs.example/xapi' : 'https://receiver.example',
      format,
      formatSettings: {
        ...(signature && { signature }),
        ...(settings && field && { [field]: settings }),
      },
      authentication: vector.authentication ?? { type: 'signature' },
      headers: {},
      secrets: {
        current: secret ?? 'not-signed-at-all',
        ...(previousSecret !== undefined && {
          previous: previousSecret,
          previousExpiresAt: new Date(now + 1),
        }),
      },
      tenantIri: tenant.iri,
      tenantDomain: tenant.domain,
      scormApiTenantId: tenant.scormApiTenantId ?? null,
    },
    now,
  };
}

function toDelivery({ tenant, attempt }: Vectors, { event, events, batchId }: Vector) {
  const toRecord = ({ uuid, type, occurredAt, data }: VectorEvent): EventRecord => ({
    id: uuid,
    tenantId: tenant.uuid,
    type,
    occurredAt: new Date(occurredAt),
    acceptedAt: new Date(occurredAt),
    payload: JSON.stringify(data),
  });
  const deliveryId = fromTypeId('delivery', attempt.deliveryId)!;
  if (!events) return { id: deliveryId, event: toRecord(event!) };
  const [first, ...others] = events.map((one) => ({ deliveryId, event: toRecord(one) }));
  return {
    id: fromTypeId('batch', batchId!)!,
    event: first!.event,
    members: [first!, ...others] as const,
  };
}

describe.each(FORMATS_WITH_VECTORS)('%s is sent byte for byte', (format) => {
  const vectors = vectorsOf(format);

  it.each(vectors.vectors.filter((vector) => vector.body !== undefined))('$case', (vector) => {
    const attempt = toAttempt(format, vectors, vector);
    const { url, headers, body, renderedWith } = renderRequest(attempt);
    expect(body.toString('utf8')).toBe(vector.body);
    expect(Object.fromEntries(headers)).toEqual({ ...vector.headers, 'User-Agent': USER_AGENT });
    expect(url).toBe(vector.request?.url ?? attempt.webhook.url);
    if (vector.authentication?.type === 'form') return;
    expect(renderBody(format, attempt.delivery, renderedWith)).toBe(vector.body);
  });
});
