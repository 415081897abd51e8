import { uuidV7 } from '@schoolbell/ids';
import { type ClaimedDelivery } from '@schoolbell/delivery';

/** A claimed delivery for specs; pass what the spec is about. */
export function aClaim(
  its: Partial<ClaimedDelivery> = {},
  tenantId: string = uuidV7(),
): ClaimedDelivery {
  return {
    id: uuidV7(),
    leaseId: uuidV7(),
    webhookId: uuidV7(),
    webhookVersion: 1,
    event: {
      id: uuidV7(),
      tenantId,
      type: 'session.completed',
      occurredAt: new Date(),
      acceptedAt: new Date(),
      payload: '{}',
    },
    attemptNumber: 1,
    cycleFailures: 0,
    trigger: 'scheduled',
    test: false,
    ordered: false,
    takenOver: false,
    startInMs: 0,
    awaitsSlot: false,
    ...its,
  };
}
