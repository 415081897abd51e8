import { readFileSync } from 'node:fs';
import { fromTypeId } from '@schoolbell/delivery';
import { describe, expect, it } from 'vitest';
import { FORMATS, FORMAT_NAMES } from './formats.js';
import { renderBody, renderRequest } from './render-request.js';

interface Vectors {
  tenant: { uuid: string; domain: string; iri: string };
  event: { uuid: string; type: string; occurredAt: string; data: unknown };
  webhook: { uuid: string };
  attempt: { deliveryId: string; number: number; timestampSeconds: number };
  vectors: {
    format: string;
    secretKind: string;
    secret: string;
    body: string;
    headers: Record<string, string>;
  }[];
}

const vectors: Vectors = JSON.parse(
  readFileSync(new URL('./vectors.json', import.meta.url), 'utf8'),
);
const { tenant, event, attempt } = vectors;

function renderVector({ format, secret }: Vectors['vectors'][number]) {
  return {
    delivery: {
      id: fromTypeId('delivery', attempt.deliveryId)!,
      attemptNumber: attempt.number,
      test: false,
      event: {
        id: event.uuid,
        tenantId: tenant.uuid,
        type: event.type,
        occurredAt: new Date(event.occurredAt),
        acceptedAt: new Date(event.occurredAt),
        payload: JSON.stringify(event.data),
      },
    },
    webhook: {
      id: vectors.webhook.uuid,
      tenantId: tenant.uuid,
      format,
      authentication: { type: 'signature' as const },
      headers: {},
      secrets: { current: secret },
      tenantIri: tenant.iri,
      tenantDomain: tenant.domain,
    },
    now: attempt.timestampSeconds * 1000 + 999,
  };
}

describe('the published test vectors', () => {
  it.each(FORMAT_NAMES)(
    'has at least one for %s, with a generated and with a supplied secret',
    (name) => {
      const kinds = vectors.vectors.filter((v) => v.format === name).map((v) => v.secretKind);
      expect(kinds.toSorted()).toEqual(['generated', 'supplied']);
    },
  );

  const built = vectors.vectors.filter((vector) => FORMAT_NAMES.includes(vector.format));
  it.each(built)('$format with a $secretKind secret is sent byte for byte', (vector) => {
    const input = renderVector(vector);
    const { headers, body } = renderRequest(input);
    expect(body.toString('utf8')).toBe(vector.body);
    expect(renderBody({ format: vector.format, ...input })).toBe(vector.body);
    expect(Object.fromEntries(headers)).toMatchObject({
      'Content-Type': FORMATS.find((format) => format.name === vector.format)?.contentType,
      'X-Schoolbell-Delivery': attempt.deliveryId,
      'X-Schoolbell-Event': event.type,
      'X-Schoolbell-Attempt': String(attempt.number),
      ...vector.headers,
    });
  });
});
