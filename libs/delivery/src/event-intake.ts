/** A validated event on its way in; ids are made by the caller, so that a repeat can be told apart. */
export interface IncomingEvent {
  /** UUIDv7 whose time is the time of acceptance; used unless the idempotency key is known already. */
  id: string;
  tenantId: string;
  type: string;
  occurredAt: Date;
  /** `data` as compact JSON text. */
  payload: string;
  /** The runtime's own ids, lifted out of the data for scopes and for search. Never empty, no NUL. */
  subject: {
    sessionId?: string;
    packageId?: string;
    dispatchId?: string;
    learnerId?: string;
  };
  idempotency?: {
    key: string;
    /** SHA-256 over what the caller sent; the same key with another hash is a conflict. */
    bodyHash: Buffer;
  };
}

export type Acceptance =
  | {
      kind: 'accepted';
      eventId: string;
      /** True when the key was known: the event is the first one, and nothing is sent twice. */
      duplicate: boolean;
      /** How many webhooks it goes to. */
      deliveries: number;
    }
  | { kind: 'idempotency_conflict' }
  | { kind: 'unknown_tenant' };

export interface IntakeReport {
  /** In the order of the events. */
  acceptances: Acceptance[];
  /** Each active webhook that has a new delivery, once: to be woken. */
  webhookIds: string[];
}

/**
 * Takes events in. Implemented by `libs/persistence`: an event and all its deliveries commit in one
 * statement, or neither does.
 */
export interface EventIntake {
  /** One that is refused does not touch the others. */
  accept(events: readonly IncomingEvent[]): Promise<IntakeReport>;
  /** As `accept`, but all or none: if any is refused, nothing is stored. */
  acceptAllOrNone(events: readonly IncomingEvent[]): Promise<IntakeReport>;
}
