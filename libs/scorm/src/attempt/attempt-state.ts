import type { Standing } from './standing.js';

/** What is known of one SCO in an attempt: where the last commit for credit left it. */
export interface ScoState extends Standing {
  /** The newest launch of the SCO, counted through the attempt from 1; 0 when only its state was handed over. */
  newestLaunch: number;
  /** The launch of the last commit that counted; 0 for none. */
  launch: number;
  /** The sequence of the last commit that counted, where its launch has sequences. */
  lastSequence?: number;
  /** What the last commit says, if it is none for credit: of a launch to browse or to review. */
  uncredited?: Standing;
  /** Time of all launches, hundredths of a second. */
  totalTime: number;
  /** That of all launches before `launch`. */
  totalTimeBefore: number;
  /** A commit proved it completed or passed, whatever later ones say. */
  done: boolean;
}

/** The state of a learner's attempt at a package: plain JSON, stored as it is. */
export interface AttemptState {
  /** How many launches it has had. */
  launches: number;
  /** By `scoId`; `""` where the launch names none. */
  scos: Record<string, ScoState>;
  /** The SCOs whose `session.completed` was emitted; `""` for the attempt as a whole. */
  completed: string[];
}

/** An attempt before its first launch. */
export const NEW_ATTEMPT: AttemptState = Object.freeze({ launches: 0, scos: {}, completed: [] });
