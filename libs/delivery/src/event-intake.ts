/** A validated event on its way in; the caller makes the ids, so that a repeat can be recognised. */
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

/**
 * Nothing of the event is stored, because the statement would make too many deliveries. Try again with fewer events
 * beside it, or with wider bounds.
 */
export interface Deferred {
  kind: 'deferred';
  /** How many webhooks it goes to, counted up to `ofOneEvent + 1`. */
  deliveries: number;
}

/** How many deliveries one statement may make; null: any number. */
export interface IntakeBounds {
  /** An event that goes to more webhooks is deferred. */
  ofOneEvent: number | null;
  /**
   * Events are deferred from the first one on that exceeds this together with the events before it; never all of
   * them.
   */
  ofAll: number | null;
}

export interface IntakeReport<Outcome = Acceptance> {
  /** In the order of the events. */
  acceptances: Outcome[];
  /** Each active webhook that has a new delivery, once: to be woken. */
  webhookIds: string[];
}

/**
 * Takes events in. Implemented by `libs/persistence`: an event and all its deliveries commit in one
 * statement, or neither does.
 */
export interface EventIntake {
  /** An event that is refused or deferred does not affect the others. */
  accept(
    events: readonly IncomingEvent[],
    bounds: IntakeBounds,
  ): Promise<IntakeReport<Acceptance | Deferred>>;
  /**
   * As `accept`, but all or none: if any is refused, nothing is stored.
   *
   * @returns `undefined` when they make more than `most` deliveries; then nothing is stored either
   */
  acceptAllOrNone(
    events: readonly IncomingEvent[],
    most: number,
  ): Promise<IntakeReport | undefined>;
  /** As `acceptAllOrNone`, for very many deliveries: in one transaction of statements of about `ofPart` each. */
  acceptAllOrNoneInParts(
    events: readonly IncomingEvent[],
    size: { ofPart: number; most: number },
  ): Promise<IntakeReport | undefined>;
}
