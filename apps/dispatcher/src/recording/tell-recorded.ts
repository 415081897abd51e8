import { timeOfUuidV7 } from '@schoolbell/ids';
import { type AttemptRecord, type DeliveryChanges, type RecordReport } from '@schoolbell/delivery';

/** Tells whose deliveries have new attempts, and whose webhooks were paused by these. */
export function tellRecorded(
  changes: DeliveryChanges,
  attempts: readonly AttemptRecord[],
  paused: RecordReport['paused'],
): void {
  for (const { claimed, attemptId } of attempts) {
    const { tenantId } = claimed.event;
    changes.attempted(tenantId, timeOfUuidV7(attemptId));
    if (paused.some(({ webhookId }) => webhookId === claimed.webhookId)) changes.touched(tenantId);
  }
}
