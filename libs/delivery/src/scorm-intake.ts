import type { AttemptState, CmiCommit } from '@schoolbell/scorm';
import type { Deferred, IntakeBounds } from './event-intake.js';

/** Whose session a launch is, as the runtime knows it: every event of the session carries it. */
export interface ScormSession {
  sessionId: string;
  packageId: string;
  learnerId: string;
  registrationId?: string;
  /** From 1. */
  attempt?: number;
  dispatchId?: string;
  scoId?: string;
  /** The SCOs that make up the package: it is complete when all of them are. */
  scos?: string[];
  learner?: Record<string, unknown>;
  course?: Record<string, unknown>;
}

/** A learner opens a session: `session.launched` is emitted, and commits may follow. */
export interface NewLaunch {
  /** UUIDv7 whose time is the time of acceptance; that of its `session.launched` too. */
  id: string;
  tenantId: string;
  session: ScormSession;
  /** The runtime's own id of the launch; the TypeID of `id` where it has none. Unique within a session's attempt. */
  launchKey: string;
  /** What the learner's browser commits with. */
  access: {
    /** SHA-256 of the token. */
    tokenHash: Buffer;
    /** The one whose pages may commit; none: no page of another origin. */
    origin?: string;
  };
  /** What the runtime knows of an attempt that began elsewhere; used only if the attempt is not known yet. */
  state?: AttemptState;
  occurredAt: Date;
  /** Makes a repeat safe: `session.launched` is emitted once for a key, as in `IncomingEvent`. */
  idempotency?: { key: string; bodyHash: Buffer };
}

/** Where a commit belongs. */
export type CommitSource =
  | { kind: 'token'; tokenHash: Buffer }
  | {
      kind: 'server';
      tenantId: string;
      session: ScormSession;
      /** The runtime's own id of the launch; "" where it has none: the only one of the session's attempt. */
      launchKey: string;
    };

export interface IncomingCommit {
  source: CommitSource;
  commit: CmiCommit;
  /** When it was accepted; Unix milliseconds. */
  acceptedAt: number;
  /** When it happened, as the runtime says. */
  occurredAt?: Date;
  /** Bytes of what was read of it: what it takes of the memory while it waits. */
  size: number;
}

export type LaunchOutcome =
  | {
      kind: 'launched';
      /** That of the first launch when the idempotency key was known: its token is now the one given last. */
      launchId: string;
      duplicate: boolean;
      expiresAt: Date;
    }
  /** Nothing is stored: too many webhooks want its event. */
  | Deferred
  | { kind: 'unknown_tenant' }
  | { kind: 'idempotency_conflict' };

export type CommitOutcome =
  | {
      kind: 'taken';
      /** How many deliveries its events make. */
      deliveries: number;
    }
  /** Also for a commit of the same attempt that came after one whose events made too many deliveries. */
  | Deferred
  /** The token is unknown, or expired. */
  | { kind: 'unknown_launch' }
  | { kind: 'unknown_tenant' };

export interface LaunchOrigin {
  tenantId: string;
  /** As in {@link NewLaunch}; null for none. */
  origin: string | null;
}

export interface ScormReport<Outcome> {
  /** In the order of what was given. */
  outcomes: Outcome[];
  /** Each active webhook that has a new delivery, once: to be woken. */
  webhookIds: string[];
}

/**
 * Takes launches and commits in. Implemented by `libs/persistence`: the state of an attempt and the events that follow
 * from it commit together, or neither does.
 */
export interface ScormIntake {
  open(launch: NewLaunch, bounds?: IntakeBounds): Promise<ScormReport<LaunchOutcome>>;
  /**
   * Commits of one attempt count in the given order. All that are taken are stored in one transaction: when this
   * throws, nothing was stored.
   *
   * @param bounds one commit may make more than `ofAll`, if it is the first: its events are stored part by part
   */
  take(
    commits: readonly IncomingCommit[],
    bounds?: IntakeBounds,
  ): Promise<ScormReport<CommitOutcome>>;
  /** @returns whose token it is, and whose pages may commit with it; `undefined` for an unknown or expired token */
  originOf(tokenHash: Buffer): Promise<LaunchOrigin | undefined>;
}
