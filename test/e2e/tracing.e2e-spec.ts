import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromTypeId } from '@schoolbell/ids';
import { traceIdOf } from '@schoolbell/tracing';
import {
  apiClient,
  Customer,
  eventually,
  startCollector,
  startReceiver,
  startSchoolbell,
  type CollectedSpan,
  type Collector,
  type Schoolbell,
} from '../support/index.js';

const REGISTER = join(import.meta.dirname, '../../dist/apps/tracing/src/register.js');
/** Spans come a second after they are over, by processes of a busy machine. */
const PATIENCE = { timeoutMs: 25_000 };
/** Of the service that reports an event. */
const CALLER = { traceId: 'b'.repeat(32), spanId: 'c'.repeat(16) };

describe('with a collector of OpenTelemetry', () => {
  let collector: Collector;
  let schoolbell: Schoolbell;
  beforeAll(async () => {
    collector = await startCollector();
    schoolbell = await startSchoolbell({
      env: {
        NODE_OPTIONS: `--import ${pathToFileURL(REGISTER).href}`,
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      },
    });
    return async () => {
      await schoolbell.stop();
      await collector.close();
    };
  });

  const traceOf = (traceId: string): Promise<CollectedSpan> =>
    eventually(() => {
      const [span, ...others] = collector.spans.filter((each) => each.traceId === traceId);
      if (!span || others.length > 0) throw new Error(`${others.length + 1} spans`);
      return span;
    }, PATIENCE);

  it('an attempt leads to its event, and the event to the request that reported it', async () => {
    const receiver = await startReceiver();
    receiver.respondWith(503);
    const customer = new Customer(schoolbell);
    const webhook = await customer.webhook(receiver.url);
    const eventId = await post(webhook.packageId);
    await receiver.waitFor(1);
    const { id, traceId } = await eventually(async () => {
      const [attempt] = (await customer.delivery(webhook)).attempts;
      return attempt ?? false;
    });
    expect(traceId).toBe(traceIdOf(fromTypeId('attempt', id)!));

    const attempt = await traceOf(traceId);
    expect(attempt).toMatchObject({ name: 'attempt delivery', status: { message: 'http_status' } });
    expect(attributesOf(attempt)).toMatchObject({
      'schoolbell.attempt_id': id,
      'schoolbell.webhook_id': webhook.id,
      'http.response.status_code': 503,
    });
    const accepted = await traceOf(traceIdOf(fromTypeId('event', eventId)!));
    expect(accepted.name).toBe('accept event');
    expect(attempt.links).toMatchObject([{ traceId: accepted.traceId, spanId: accepted.spanId }]);
    expect(accepted.links).toMatchObject([CALLER]);
    expect(BigInt(attempt.startTimeUnixNano)).toBeGreaterThanOrEqual(
      BigInt(accepted.startTimeUnixNano),
    );
    expect([attempt.parentSpanId ?? '', accepted.parentSpanId ?? '']).toEqual(['', '']);
    // Receivers are told nothing of it.
    expect(receiver.requests[0]!.headers).not.toHaveProperty('traceparent');
    await receiver.close();
  });

  it('a webhook that asks for it is told of the trace of each attempt', async () => {
    const receiver = await startReceiver();
    const customer = new Customer(schoolbell);
    const webhook = await customer.webhook(receiver.url, { tracing: true });
    expect((await customer.api.get(`/v1/webhooks/${webhook.id}`)).body.tracing).toBe(true);
    await customer.completes(webhook);
    await receiver.waitFor(1);
    const { attempts } = await customer.deliveryIs(webhook, 'delivered');
    const { traceId } = attempts[0]!;
    const span = await traceOf(traceId);
    const told = `00-${traceId}-${span.spanId}-01`;
    expect(receiver.requests[0]!.headers.traceparent).toBe(told);
    expect(attempts[0]!.request.headers.traceparent).toBe(told);
    await receiver.close();
  });

  /** @returns the event's id */
  async function post(packageId: string): Promise<string> {
    const { apiUrl, platformKey, tenantId } = schoolbell;
    const runtime = apiClient(apiUrl, platformKey, {
      'x-tenant-id': tenantId,
      traceparent: `00-${CALLER.traceId}-${CALLER.spanId}-01`,
    });
    const data = { sessionId: 'ses_1', learnerId: 'lrn_1', packageId };
    const event = { type: 'session.completed', data: { ...data, completionStatus: 'completed' } };
    return (await runtime.post('/v1/events', event)).body.id;
  }
});

function attributesOf({ attributes }: CollectedSpan): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
