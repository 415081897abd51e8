/** The `data` of an event as parsed from JSON. Fields that the catalogue does not know are kept. */
export type EventData = Record<string, unknown>;

export interface DataFault {
  /** The field within `data`: `scoreRaw`, `certificate.expiryDate`. */
  path: string;
  message: string;
}

/** The runtime's own ids, lifted out of the data for scopes and for search. */
export interface EventSubject {
  sessionId?: string;
  packageId?: string;
  dispatchId?: string;
  learnerId?: string;
}

export type PreparedData =
  { ok: true; data: EventData; subject: EventSubject } | { ok: false; errors: DataFault[] };
