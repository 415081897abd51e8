import { ApiProperty } from '@nestjs/swagger';
import { ATTEMPT_EXAMPLE, AttemptDocument } from '../deliveries/attempt-document.js';
import { DELIVERY_EXAMPLE, DeliveryDocument } from '../deliveries/delivery-document.js';

/** The result of a test. */
export class TestDocument {
  @ApiProperty({ type: DeliveryDocument, description: '`delivered`, or `dead` if it failed.' })
  delivery!: DeliveryDocument;

  @ApiProperty({ type: AttemptDocument })
  attempt!: AttemptDocument;
}

export const TEST_EXAMPLE: TestDocument = {
  delivery: {
    ...DELIVERY_EXAMPLE,
    status: 'delivered',
    test: true,
    nextAttemptAt: null,
    lastAttempt: {
      at: '2026-11-22T14:32:00.431Z',
      responseStatus: 204,
      errorCode: null,
      durationMs: 42,
    },
  },
  attempt: {
    ...ATTEMPT_EXAMPLE,
    trigger: 'test',
    outcome: 'delivered',
    response: { status: 204, headers: {}, body: '', truncated: false },
    error: null,
    timings: { ...ATTEMPT_EXAMPLE.timings, totalMs: 42 },
  },
};
