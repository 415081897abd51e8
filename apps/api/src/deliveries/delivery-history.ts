import { ApiProperty } from '@nestjs/swagger';
import { withoutQuotes } from '@schoolbell/delivery';
import type { AttemptRow, DeliveryHistory } from '@schoolbell/persistence';
import { ATTEMPT_EXAMPLE, AttemptDocument, presentAttempt } from './attempt-document.js';
import { DELIVERY_EXAMPLE, DeliveryDocument, presentDelivery } from './delivery-document.js';
import { sentBody } from './sent-body.js';

/** A delivery with its attempts. */
export class DeliveryHistoryDocument extends DeliveryDocument {
  @ApiProperty({ type: [AttemptDocument], description: 'Oldest first.' })
  attempts!: AttemptDocument[];
}

export const DELIVERY_HISTORY_EXAMPLE: DeliveryHistoryDocument = {
  ...DELIVERY_EXAMPLE,
  attempts: [ATTEMPT_EXAMPLE],
};

/** @param bodies whether to show the bodies that were sent, and errors that quote them */
export function presentHistory(history: DeliveryHistory, bodies = true): DeliveryHistoryDocument {
  return {
    ...presentDelivery(history.delivery),
    attempts: history.attempts.map((attempt) =>
      presentAttempt(
        bodies ? attempt : withoutQuotedEvent(attempt),
        bodies ? sentBody(attempt, history) : null,
      ),
    ),
  };
}

function withoutQuotedEvent(attempt: AttemptRow): AttemptRow {
  const { errorMessage } = attempt;
  return { ...attempt, errorMessage: errorMessage === null ? null : withoutQuotes(errorMessage) };
}
