/** The body of `POST /v1/events`, and each event of a batch, once it fits {@link EVENT_ENVELOPE}. */
export interface EventEnvelope {
  type: string;
  data: Record<string, unknown>;
  tenantId?: string;
  occurredAt?: string;
  idempotencyKey?: string;
  dedupe?: 'fingerprint';
}

export const MAX_BATCH_EVENTS = 1000;

/** 1 to 255 printable ASCII characters, since the key may come in a header too. */
export const IDEMPOTENCY_KEY = '^[\\x20-\\x7e]{1,255}$';

/** JSON Schema of a posted event; what `data` may be depends on the type. */
export const EVENT_ENVELOPE = {
  type: 'object',
  required: ['type', 'data'],
  additionalProperties: false,
  properties: {
    type: { type: 'string', description: 'A name of `GET /v1/event-types`.' },
    data: {
      type: 'object',
      description:
        'As the event type requires. Fields that the type does not know are kept and delivered.',
    },
    tenantId: {
      type: 'string',
      description: 'The tenant of the event, for platform keys that do not send `X-Tenant-Id`.',
    },
    occurredAt: {
      type: 'string',
      description:
        'When it happened, RFC 3339: from the year 2000 on, and at most a day in the future. Default: now.',
    },
    idempotencyKey: {
      type: 'string',
      pattern: IDEMPOTENCY_KEY,
      description:
        'Makes a repeat safe: a request with the same key and body is answered with the first event. It can also be sent as the header `Idempotency-Key`.',
    },
    dedupe: {
      type: 'string',
      enum: ['fingerprint'],
      description:
        'For runtimes without a key: the same type, session (or user and course) and completion time is the same event.',
    },
  },
} as const;

export const EVENT_BATCH = {
  type: 'object',
  required: ['events'],
  additionalProperties: false,
  properties: {
    events: { type: 'array', minItems: 1, maxItems: MAX_BATCH_EVENTS, items: EVENT_ENVELOPE },
  },
} as const;
