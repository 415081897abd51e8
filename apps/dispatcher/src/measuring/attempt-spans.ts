import type { AttemptRecord, RecordReport } from '@schoolbell/delivery';
import { toTypeId } from '@schoolbell/ids';
import { spanContextOf, type PastSpan, type Tracing } from '@schoolbell/tracing';

/** Tells of attempts whose outcome is recorded, each in a trace of its own, linked to where its events were accepted. */
export class AttemptSpans {
  constructor(private readonly tracing: Pick<Tracing, 'tell'>) {}

  recorded(attempts: readonly AttemptRecord[], { lost, setAside }: RecordReport): void {
    const left = new Set([...lost, ...setAside]);
    for (const attempt of attempts) {
      if (!left.has(attempt.claimed.id)) this.tracing.tell(spanOf(attempt));
    }
  }
}

function spanOf(attempt: AttemptRecord): PastSpan {
  const { attemptId, at, timings, claimed, error } = attempt;
  const events = claimed.members?.map(({ event }) => event) ?? [claimed.event];
  return {
    uuid: attemptId,
    name: claimed.members ? 'attempt batch' : 'attempt delivery',
    kind: 'client',
    startedAt: at.getTime(),
    endedAt: at.getTime() + timings.totalMs,
    attributes: attributesOf(attempt),
    links: events.map(({ id }) => ({ context: spanContextOf(id) })),
    error: error?.code,
  };
}

function attributesOf({ attemptId, claimed, format, response, error }: AttemptRecord) {
  return {
    'http.request.method': 'POST',
    'http.response.status_code': response?.status,
    'error.type': error?.code,
    'schoolbell.tenant_id': toTypeId('tenant', claimed.event.tenantId),
    'schoolbell.webhook_id': toTypeId('webhook', claimed.webhookId),
    'schoolbell.delivery_id': toTypeId(claimed.members ? 'batch' : 'delivery', claimed.id),
    'schoolbell.attempt_id': toTypeId('attempt', attemptId),
    'schoolbell.attempt': claimed.attemptNumber,
    'schoolbell.format': format,
  };
}
