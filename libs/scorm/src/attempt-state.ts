import type { CmiCommit } from './cmi-commit.js';

/** What is known of one SCO in an attempt: the last commit that counted. */
export interface ScoState {
  /** The newest launch of the SCO, counted through the attempt from 1; 0 when only its state was handed over. */
  newestLaunch: number;
  /** The launch of the last commit that counted; 0 for none. */
  launch: number;
  /** The sequence of the last commit that counted, where its launch has sequences. */
  lastSequence?: number;
  completionStatus: CmiCommit['completionStatus'];
  successStatus: CmiCommit['successStatus'];
  progressMeasure?: number;
  scoreScaled?: number;
  scoreRaw?: number;
  scoreMin?: number;
  scoreMax?: number;
  location?: string;
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
