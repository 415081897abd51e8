import { ApiProperty } from '@nestjs/swagger';
import { ATTEMPT_ERROR_CODES, ATTEMPT_OUTCOMES, ATTEMPT_TRIGGERS } from '@schoolbell/delivery';
import { fromTypeId, toTypeId } from '@schoolbell/ids';
import type { AttemptRow } from '@schoolbell/persistence';
import { traceIdOf } from '@schoolbell/tracing';

const HEADERS = { type: 'object', additionalProperties: { type: 'string' } } as const;
const MILLISECONDS = { type: 'integer', nullable: true } as const;

class AttemptRequestDocument {
  @ApiProperty({ ...HEADERS, description: 'As sent; authorization and secrets are left out.' })
  headers!: Record<string, string>;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description:
      'Exactly the bytes that were sent. Null once the event was pruned or erased, if it is not known whether anything was sent, and for viewers unless the tenant shows bodies to them.',
  })
  body!: string | null;
}

class AttemptResponseDocument {
  @ApiProperty({ type: 'integer' })
  status!: number;

  @ApiProperty(HEADERS)
  headers!: Record<string, string>;

  @ApiProperty({ description: 'At most 16 KiB.' })
  body!: string;

  @ApiProperty({ description: 'True when the receiver sent more.' })
  truncated!: boolean;
}

class AttemptErrorDocument {
  @ApiProperty({ enum: ATTEMPT_ERROR_CODES })
  code!: string;

  @ApiProperty()
  message!: string;
}

class AttemptTimingsDocument {
  @ApiProperty(MILLISECONDS)
  dnsMs!: number | null;

  @ApiProperty(MILLISECONDS)
  connectMs!: number | null;

  @ApiProperty(MILLISECONDS)
  tlsMs!: number | null;

  @ApiProperty(MILLISECONDS)
  firstByteMs!: number | null;

  @ApiProperty(MILLISECONDS)
  totalMs!: number | null;
}

class AttemptBatchDocument {
  @ApiProperty()
  id!: string;

  @ApiProperty({ type: 'integer', description: 'Deliveries in the request.' })
  size!: number;
}

/** One HTTP request that was made for a delivery, or for the batch that contained it. */
export class AttemptDocument {
  @ApiProperty()
  id!: string;

  @ApiProperty({
    pattern: '^[0-9a-f]{32}$',
    description:
      'By this id the attempt is found in traces, where the operator collects them: the UUID behind `id`, without hyphens.',
  })
  traceId!: string;

  @ApiProperty({ type: 'integer', description: 'From 1, over the life of the delivery.' })
  number!: number;

  @ApiProperty({
    type: AttemptBatchDocument,
    nullable: true,
    description:
      'The batch, if several deliveries were sent in this request; null if it was for this delivery alone.',
  })
  batch!: AttemptBatchDocument | null;

  @ApiProperty({ enum: ATTEMPT_TRIGGERS })
  trigger!: string;

  @ApiProperty({ enum: ATTEMPT_OUTCOMES })
  outcome!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty()
  url!: string;

  @ApiProperty()
  format!: string;

  @ApiProperty({ type: AttemptRequestDocument })
  request!: AttemptRequestDocument;

  @ApiProperty({ type: AttemptResponseDocument, nullable: true })
  response!: AttemptResponseDocument | null;

  @ApiProperty({ type: AttemptErrorDocument, nullable: true })
  error!: AttemptErrorDocument | null;

  @ApiProperty({
    type: AttemptTimingsDocument,
    description: 'A phase that did not happen is null.',
  })
  timings!: AttemptTimingsDocument;
}

const ID = 'att_01jdbfz1yce2v8r5x6h9k3w0mt';

export const ATTEMPT_EXAMPLE: AttemptDocument = {
  id: ID,
  traceId: traceIdOf(fromTypeId('attempt', ID)!),
  number: 1,
  batch: null,
  trigger: 'scheduled',
  outcome: 'failed',
  at: '2026-11-22T14:32:00.431Z',
  url: 'https://example.com/webhooks/schoolbell',
  format: 'allureconnect',
  request: {
    headers: { 'Content-Type': 'application/json', 'webhook-id': 'evt_01jdbfz1x0e9tvhkq6yv3m2c4p' },
    body: '{"id":"evt_01jdbfz1x0e9tvhkq6yv3m2c4p","type":"session.completed","createdAt":"2026-11-22T14:32:00.000Z","data":{"sessionId":"sess_abc123"}}',
  },
  response: {
    status: 503,
    headers: { 'content-type': 'text/plain' },
    body: 'busy',
    truncated: false,
  },
  error: {
    code: 'http_status',
    message: 'The receiver answered 503; only 2xx counts as delivered.',
  },
  timings: { dnsMs: 4, connectMs: 11, tlsMs: 23, firstByteMs: 80, totalMs: 87 },
};

/** @param body the body that was sent, rendered again */
export function presentAttempt(attempt: AttemptRow, body: string | null): AttemptDocument {
  const { dnsMs, connectMs, tlsMs, firstByteMs, totalMs } = attempt;
  return {
    id: toTypeId('attempt', attempt.id),
    traceId: traceIdOf(attempt.id),
    number: attempt.number,
    batch: attempt.batch && {
      id: toTypeId('batch', attempt.batch.id),
      size: attempt.batch.members.length,
    },
    trigger: attempt.trigger,
    outcome: attempt.outcome,
    at: attempt.at.toISOString(),
    url: attempt.url,
    format: attempt.format,
    request: { headers: JSON.parse(attempt.requestHeaders), body },
    response: responseOf(attempt),
    error: attempt.errorCode === null ? null : errorOf(attempt.errorCode, attempt.errorMessage),
    timings: { dnsMs, connectMs, tlsMs, firstByteMs, totalMs },
  };
}

function responseOf(attempt: AttemptRow): AttemptResponseDocument | null {
  if (attempt.responseStatus === null) return null;
  return {
    status: attempt.responseStatus,
    headers: JSON.parse(attempt.responseHeaders ?? '{}'),
    body: attempt.responseBody ?? '',
    truncated: attempt.responseTruncated,
  };
}

function errorOf(code: string, message: string | null): AttemptErrorDocument {
  return { code, message: message ?? '' };
}
