import {
  NEW_ATTEMPT,
  openLaunch,
  takeCommit,
  type AttemptState,
  type CmiCommit,
  type CommitPlace,
  type SessionFact,
} from '@schoolbell/scorm';
import type { LockedRow } from './lock-launches-statement.js';

/** The newest attempt of a registration, shared by its attempts. */
export interface Registration {
  newestAttempt: number;
}

/** Where a commit belongs in an attempt; what the attempt knows itself is left out. */
type PlaceInAttempt = Omit<CommitPlace, 'rules' | 'isOldAttempt'>;

/** An attempt whose row is locked until the transaction ends, and what becomes of it until then. */
export class LockedAttempt {
  readonly id: string;
  readonly tenantId: string;
  readonly registrationKey: string;
  /** From 1. */
  readonly number: number;
  /** As it is stored; none for an attempt that is new. */
  private readonly stored: AttemptState | undefined;
  /** The SCOs whose completion is remembered. */
  private readonly rememberedScos: ReadonlySet<string>;
  private state: AttemptState;

  /** @param seed what the runtime knows of an attempt that is new to us */
  constructor(
    private readonly row: LockedRow,
    private readonly registration: Registration,
    seed: AttemptState = NEW_ATTEMPT,
  ) {
    this.id = row.attempt_id!;
    this.tenantId = row.tenant_id;
    this.registrationKey = row.registration_key;
    this.number = row.attempt;
    this.stored = row.state === null ? undefined : (JSON.parse(row.state) as AttemptState);
    const remembered = this.stored?.completed ?? (row.remembered ?? []).map(({ scoId }) => scoId);
    this.rememberedScos = new Set(remembered);
    const completed = [...new Set([...remembered, ...seed.completed])];
    this.state = this.stored ?? { ...seed, completed };
  }

  /** @returns the number of the launch */
  open(scoIds: readonly string[]): number {
    const { attempt, launch } = openLaunch(this.state, scoIds);
    this.state = attempt;
    const { registration } = this;
    registration.newestAttempt = Math.max(registration.newestAttempt, this.number);
    return launch;
  }

  take(commit: CmiCommit, place: PlaceInAttempt): SessionFact[] {
    const { row, registration } = this;
    const { attempt, facts } = takeCommit(this.state, commit, {
      ...place,
      rules: {
        completionOnFailed: row.completion_on_failed,
        applyThresholds: row.apply_thresholds,
      },
      // A launch without a number is from before the state went: a late replay.
      isOldAttempt: this.number < registration.newestAttempt || place.launch === 0,
    });
    this.state = attempt;
    return facts;
  }

  /** What there is to write; no `state` where it is only to be noted that a commit came. */
  get change(): { id: string; state?: string } | undefined {
    if (this.state !== this.stored) return { id: this.id, state: JSON.stringify(this.state) };
    return this.row.is_idle ? { id: this.id } : undefined;
  }

  /** The SCOs whose completion is to be remembered from now on. */
  get newCompletions(): string[] {
    return this.state.completed.filter((scoId) => !this.rememberedScos.has(scoId));
  }
}
