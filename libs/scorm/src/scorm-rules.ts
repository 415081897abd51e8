/** What a tenant may decide about the reading of commits. */
export interface ScormRules {
  /** SCORM 1.2 `failed`: completed and failed, instead of incomplete and failed as Rustici reads it. Default false. */
  completionOnFailed: boolean;
  /** Mastery score, completion threshold and scaled passing score override what the SCO says. Default true. */
  applyThresholds: boolean;
}

export const DEFAULT_SCORM_RULES: ScormRules = { completionOnFailed: false, applyThresholds: true };
