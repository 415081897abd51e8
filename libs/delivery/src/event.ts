/** An immutable fact that a runtime service reported. */
export interface EventRecord {
  /** UUIDv7; its TypeID is the `webhook-id` of every attempt. */
  id: string;
  tenantId: string;
  type: string;
  /** When it happened, as the runtime says; the time of acceptance where the runtime did not say. */
  occurredAt: Date;
  acceptedAt: Date;
  /** `data` as compact JSON text, exactly as formats put it on the wire. */
  payload: string;
  /** When its learner was forgotten; since then, nothing is left of the payload. */
  erasedAt?: Date | null;
}
