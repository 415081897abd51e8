/**
 * The fields that formats look for in an event's data. The catalogue has checked those of its types; an event
 * has the fields of its type and may have any others, which formats leave alone.
 */
export interface KnownData {
  sessionId?: string;
  packageId?: string;
  learnerId?: string;
  dispatchId?: string;
  registrationId?: string;
  launchId?: string;
  scoId?: string;
  attempt?: number;
  mode?: string;
  credit?: string;
  entry?: string;
  completionStatus?: string;
  successStatus?: string;
  /** 0 to 1. */
  progressMeasure?: number;
  /** −1 to 1. */
  scoreScaled?: number;
  scoreRaw?: number;
  scoreMin?: number;
  scoreMax?: number;
  /** ISO 8601 durations. */
  totalTime?: string;
  sessionTime?: string;
  learner?: { email?: string; firstName?: string; lastName?: string; externalId?: string };
  course?: { id?: string; title?: string; code?: string };
  certificate?: { issued?: boolean; expiryDate?: string };
  userId?: string;
  adminId?: string;
  courseId?: string;
  enrollmentId?: string;
  certificateId?: string;
  competencyId?: string;
  source?: string;
  completedAt?: string;
  expiryDate?: string;
  title?: string;
  version?: string;
  scormVersion?: string;
  revision?: number;
  launchUrl?: string;
  fileSizeBytes?: number;
  error?: string;
  errorCode?: string;
  webhookId?: string;
  deliveryId?: string;
}
