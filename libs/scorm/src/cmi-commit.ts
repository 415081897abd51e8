/**
 * What one CMI commit says, SCORM 1.2 and 2004 in the same words: those of SCORM 2004. A value that the runtime
 * leaves empty, or that is not valid for its field, is absent.
 */
export interface CmiCommit {
  standard: '1.2' | '2004';
  /** As the SCO says, before any threshold; a 1.2 `lesson_status` is mapped. */
  completionStatus: 'completed' | 'incomplete' | 'not attempted' | 'unknown';
  successStatus: 'passed' | 'failed' | 'unknown';
  /** SCORM 1.2 only: as written. */
  lessonStatus?: string;
  /** 0 to 1. */
  progressMeasure?: number;
  /** -1 to 1. */
  scoreScaled?: number;
  scoreRaw?: number;
  scoreMin?: number;
  scoreMax?: number;
  location?: string;
  mode: 'normal' | 'browse' | 'review';
  credit: 'credit' | 'no-credit';
  /** Hundredths of a second. */
  sessionTime?: number;
  /** Hundredths of a second; most runtimes say so at their last commit only. */
  totalTime?: number;
  /** SCORM 1.2: 0 to 100. */
  masteryScore?: number;
  /** SCORM 2004: 0 to 1. */
  completionThreshold?: number;
  /** SCORM 2004: -1 to 1. */
  scaledPassingScore?: number;
  /** `commitSequence`, or what the runtime's server says: counted from 1 in one page load. */
  sequence?: number;
  /** `scoId` that the runtime renders beside the cmi; it counts only where the launch names several SCOs. */
  scoId?: string;
  /** It is the last one of its page: `LMSFinish`, `Terminate`. */
  terminate: boolean;
}
