/** A post that was refused, as the API notes it. */
export interface EventRejectionDraft {
  /** UUIDv7. */
  id: string;
  /** UUID of the tenant, perhaps of one that does not exist; null where nobody knows whose it was. */
  tenantId: string | null;
  at: Date;
  /** What the operation is called in OpenAPI: `postEvent`. */
  operation: string;
  status: number;
  code: string;
  detail: string;
  /** The first of them. */
  errors: readonly { path: string; message: string }[];
  /** Of the API key that came with it; null without one. */
  keyPrefix: string | null;
  /** Null for a key that nobody knows. */
  keyName: string | null;
  requestId: string;
  /** How many events the body has; null where it was not read. */
  events: number | null;
  /** This and the ids are of the first event at fault; null where it has none. */
  type: string | null;
  sessionId: string | null;
  packageId: string | null;
  dispatchId: string | null;
  learnerId: string | null;
  /** All that the body's events are about, by which it is found; of a batch the first. */
  ids: readonly string[];
  /** How many more of its tenant were refused in its minute, of which nothing is kept. */
  leftOut: number;
}

/** As it is listed. */
export type EventRejection = Omit<EventRejectionDraft, 'ids'>;

/** Whose a key is, or was. */
export interface KeyOwner {
  prefix: string;
  name: string;
  /** Null for the platform. */
  tenantId: string | null;
}
